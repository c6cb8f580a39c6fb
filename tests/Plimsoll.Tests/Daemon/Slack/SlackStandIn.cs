using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Plimsoll.Calibration.ProviderModel;
using Plimsoll.Daemon.Slack;
using Plimsoll.Tests.Daemon.Serving;
using Xunit;

namespace Plimsoll.Tests.Daemon.Slack;

/// <summary>Slack on loopback: signs events as its documentation says, and takes <c>chat.postMessage</c>.</summary>
internal sealed class SlackStandIn : IDisposable
{
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";
    public const string Token = "xoxb-test-token";

    /// <summary>Names that nothing else reads.</summary>
    private const string TokenVariable = "SLACK_STAND_IN_TOKEN";

    private const string SecretVariable = "SLACK_STAND_IN_SECRET";

    private readonly LoopbackServer server;
    private readonly TaskCompletionSource answers = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int refusals;
    private int cuts;

    /// <param name="refusals">How many calls are answered with 429 first.</param>
    /// <param name="cuts">How many messages are taken and then not answered: the connection is cut.</param>
    /// <param name="hangs">Takes messages, and answers none before <see cref="Answer"/>.</param>
    public SlackStandIn(int refusals = 0, int cuts = 0, bool hangs = false)
    {
        this.refusals = refusals;
        this.cuts = cuts;
        if (!hangs)
        {
            Answer();
        }

        Environment.SetEnvironmentVariable(TokenVariable, Token);
        Environment.SetEnvironmentVariable(SecretVariable, Secret);
        server = LoopbackServer.Start(AnswerAsync);
    }

    public ConcurrentQueue<JsonElement> Posted { get; } = [];

    /// <summary>Paths of the questions what was posted.</summary>
    public ConcurrentQueue<string> Looks { get; } = [];

    /// <summary>When each post came, refused ones too.</summary>
    public ConcurrentQueue<DateTimeOffset> Calls { get; } = [];

    public string Configuration => $$$"""
        templates:
          echo: { params: [text], run: [printf, '%s', "{{text}}"] }
          env: { params: [text], run: 'env' }
        channels:
          review: { agents: [echo, env], slack: { team: T1, channel: C1, users: [U1, U2] } }
          inside: { agents: [echo] }
        slack: { base_url: "{{{server.BaseUrl}}}/api", token: { from: {{{TokenVariable}}} }, signing_secret: { from: {{{SecretVariable}}} } }
        """;

    public static string Message(string text, string id = "Ev1", string ts = "1700000000.000100", string team = "T1", string channel = "C1", string user = "U1", string more = "", string type = "message") =>
        $$$"""{"type": "event_callback", "team_id": "{{{team}}}", "event_id": "{{{id}}}", "event": {"type": "{{{type}}}", "channel": "{{{channel}}}", "user": "{{{user}}}", "ts": "{{{ts}}}", "text": {{{JsonSerializer.Serialize(text)}}}{{{more}}}}}""";

    /// <summary>Sends an event as Slack does.</summary>
    /// <param name="age">How old its timestamp is.</param>
    public static async Task<(int Status, string Text)> SendAsync(AgentService service, string body, TimeSpan age = default, string? signature = null, string? secret = null)
    {
        string timestamp = (TimeProvider.System.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(service.Url, "/slack/events")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.TryAddWithoutValidation("X-Slack-Signature", signature ?? new SlackSignature(secret ?? Secret, TimeProvider.System).Of(timestamp, Encoding.UTF8.GetBytes(body)));
        using HttpResponseMessage response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    public void Answer() => answers.TrySetResult();

    public void Dispose()
    {
        Answer();
        server.Dispose();
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "application/json";
        if (context.Request.Path.StartsWithSegments("/api/conversations.history", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments("/api/conversations.replies", StringComparison.Ordinal))
        {
            Looks.Enqueue(context.Request.Path + context.Request.QueryString);
            await context.Response.WriteAsync($$"""{"ok": true, "messages": [{{string.Join(',', Posted)}}]}""", cancellationToken);
            return;
        }

        Calls.Enqueue(TimeProvider.System.GetUtcNow());
        using JsonDocument body = await JsonDocument.ParseAsync(context.Request.Body, default, cancellationToken);
        if (Interlocked.Decrement(ref refusals) >= 0)
        {
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = "1";
            return;
        }

        bool known = context.Request.Path == "/api/chat.postMessage" && context.Request.Headers.Authorization == "Bearer " + Token;
        if (known)
        {
            Posted.Enqueue(body.RootElement.Clone());
            if (Interlocked.Decrement(ref cuts) >= 0)
            {
                context.Abort();
                return;
            }

            await answers.Task.WaitAsync(cancellationToken);
        }

        await context.Response.WriteAsync(known ? """{"ok": true, "ts": "1700000001.000200"}""" : """{"ok": false, "error": "invalid_auth"}""", cancellationToken);
    }
}
