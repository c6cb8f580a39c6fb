using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Calibration.ProviderModel;

/// <summary>A model server on loopback that speaks Anthropic Messages, OpenAI Responses and OpenAI Chat Completions.</summary>
/// <remarks>Asked to "Create FILE", it first calls the agent's tool for that and then says it is done; asked anything else, it says so at once.</remarks>
internal sealed partial class ModelServer : IDisposable
{
    private readonly LoopbackServer _server;
    private readonly TimeSpan _thinking;
    private readonly TimeProvider _time;

    private ModelServer(TimeSpan thinking, TimeProvider time)
    {
        _thinking = thinking;
        _time = time;
        _server = LoopbackServer.Start(AnswerAsync);
    }

    public string BaseUrl => _server.BaseUrl;

    /// <summary>Method and path of every request so far.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <param name="thinking">How long each answer of the model takes.</param>
    public static ModelServer Start(TimeSpan thinking, TimeProvider time) => new(thinking, time);

    public void Dispose() => _server.Dispose();

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}");
        using StreamReader reader = new(context.Request.Body, Encoding.UTF8);
        string body = await reader.ReadToEndAsync(cancellationToken);
        (string type, string answer, bool thinks) = (context.Request.Method, path) switch
        {
            ("POST", "/v1/messages") => Messages(body),
            ("POST", "/v1/messages/count_tokens") => ("application/json", """{"input_tokens":10}""", false),
            ("POST", "/v1/responses") => ("text/event-stream", ResponsesScript.Answer(body, FileAskedFor(body)), true),
            ("POST", "/v1/chat/completions") => ("text/event-stream", ChatScript.Answer(), true),
            _ => ("application/json", """{"data":[]}""", false),
        };
        if (thinks && _thinking > TimeSpan.Zero)
            await Task.Delay(_thinking, _time, cancellationToken);

        byte[] bytes = Encoding.UTF8.GetBytes(answer);
        context.Response.ContentType = type;
        context.Response.ContentLength = context.Request.Method == "HEAD" ? 0 : bytes.Length;
        if (context.Request.Method != "HEAD")
            await context.Response.Body.WriteAsync(bytes, cancellationToken);
    }

    private static (string Type, string Answer, bool Thinks) Messages(string body)
    {
        using JsonDocument request = JsonDocument.Parse(body);
        bool streams = request.RootElement.TryGetProperty("stream", out JsonElement stream) && stream.GetBoolean();
        return streams
            ? ("text/event-stream", MessagesScript.Answer(body, FileAskedFor(body)), true)
            : ("application/json", MessagesScript.WholeAnswer, true);
    }

    private static string? FileAskedFor(string body) => Wish().Match(body) is { Success: true } match ? match.Groups["file"].Value : null;

    [GeneratedRegex(@"Create (?<file>[\w.-]+\.md)")]
    private static partial Regex Wish();
}
