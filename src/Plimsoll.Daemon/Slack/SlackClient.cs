using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Endpoints;

namespace Plimsoll.Daemon.Slack;

/// <summary>Calls <c>chat.postMessage</c> of Slack's Web API.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage; too many requests are answered with 429 and Retry-After.</remarks>
internal sealed class SlackClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestRetryAfter = TimeSpan.FromHours(1);

    /// <summary>Errors after which the same call may succeed.</summary>
    private static readonly HashSet<string> Passing = new(StringComparer.Ordinal) { "ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout" };

    private readonly HttpClient http;
    private readonly Uri address;

    /// <param name="baseUrl">Without a slash at the end.</param>
    public SlackClient(string baseUrl, string token)
    {
        address = new Uri(baseUrl + "/chat.postMessage");
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    public async Task<SlackReply> PostAsync(KeptSlackPost post, CancellationToken cancellationToken)
    {
        var body = new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = post.Channel, ["text"] = post.Text };
        if (post.Thread is { } thread)
        {
            body["thread_ts"] = thread;
        }

        using var content = new StringContent(JsonSerializer.Serialize(body, TextJsonContext.Default.DictionaryStringString), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await http.PostAsync(address, content, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new SlackReply(false, MayTakeLater: true, error is OperationCanceledException ? "no answer" : error.Message, null);
        }
    }

    public void Dispose() => http.Dispose();

    private static async Task<SlackReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            bool passes = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;
            return new SlackReply(false, passes, string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}"), RetryAfter(response));
        }

        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        if (answer.RootElement.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True)
        {
            return SlackReply.Done;
        }

        string error = answer.RootElement.TryGetProperty("error", out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "an answer without ok";
        return new SlackReply(false, Passing.Contains(error), error, RetryAfter(response));
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait ? wait < LongestRetryAfter ? wait : LongestRetryAfter : null;
}
