using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Plimsoll.Daemon.Slack;

/// <summary>Calls Slack's Web API: posts, and looks whether something was posted.</summary>
/// <remarks>https://docs.slack.dev/reference/methods/chat.postMessage and conversations.history, https://docs.slack.dev/messaging/message-metadata; too many requests are answered with 429 and Retry-After.</remarks>
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
        address = new Uri(baseUrl + "/");
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = !address.IsLoopback, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Patience };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <param name="id">Kept with the message in Slack.</param>
    public async Task<SlackReply> PostAsync(KeptSlackPost post, string id, CancellationToken cancellationToken)
    {
        var message = new SlackMessage(post.Channel, post.Text, post.Thread, SlackMetadata.Of(id));
        using var content = new StringContent(JsonSerializer.Serialize(message, SlackJsonContext.Default.SlackMessage), Encoding.UTF8, "application/json");
        try
        {
            using HttpResponseMessage response = await http.PostAsync(new Uri(address, "chat.postMessage"), content, cancellationToken);
            return await ReadAsync(response, cancellationToken);
        }
        catch (Exception error) when (IsPassing(error, cancellationToken))
        {
            return new SlackReply(false, MayTakeLater: true, error is OperationCanceledException ? "no answer" : error.Message, null) { IsUnknown = true };
        }
    }

    /// <summary>Whether Slack shows the message; false also when it does not let itself be asked.</summary>
    public async Task<bool> HasAsync(KeptSlackPost post, string id, CancellationToken cancellationToken)
    {
        string channel = Uri.EscapeDataString(post.Channel);
        string question = post.Thread is { } thread
            ? $"conversations.replies?channel={channel}&ts={Uri.EscapeDataString(thread)}&include_all_metadata=true&limit=999"
            : $"conversations.history?channel={channel}&include_all_metadata=true&limit=200";
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(address, question), cancellationToken);
            SlackHistory? history = response.IsSuccessStatusCode
                ? await JsonSerializer.DeserializeAsync(await response.Content.ReadAsStreamAsync(cancellationToken), SlackJsonContext.Default.SlackHistory, cancellationToken) : null;
            return history?.Messages?.Any(message => message.Metadata == SlackMetadata.Of(id)) == true;
        }
        catch (Exception error) when (IsPassing(error, cancellationToken))
        {
            return false;
        }
    }

    public void Dispose() => http.Dispose();

    private static bool IsPassing(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException or JsonException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    private static async Task<SlackReply> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            bool passes = response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout || (int)response.StatusCode >= 500;
            return new SlackReply(false, passes, string.Create(CultureInfo.InvariantCulture, $"status {(int)response.StatusCode}"), RetryAfter(response)) { IsUnknown = (int)response.StatusCode >= 500 };
        }

        using JsonDocument answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), default, cancellationToken);
        if (answer.RootElement.TryGetProperty("ok", out JsonElement ok) && ok.ValueKind == JsonValueKind.True)
        {
            return SlackReply.Done;
        }

        string error = answer.RootElement.TryGetProperty("error", out JsonElement word) && word.ValueKind == JsonValueKind.String ? word.GetString()! : "an answer without ok";
        return new SlackReply(false, Passing.Contains(error), error, RetryAfter(response)) { IsUnknown = error is "internal_error" or "fatal_error" or "request_timeout" };
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait ? wait < LongestRetryAfter ? wait : LongestRetryAfter : null;
}
