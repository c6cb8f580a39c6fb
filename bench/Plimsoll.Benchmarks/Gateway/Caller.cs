using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Plimsoll.Benchmarks.Gateway;

/// <summary>A client of the Messages interface that counts what it gets.</summary>
internal sealed class Caller(Player to) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = 10_000 }) { BaseAddress = new(to.Url), Timeout = TimeSpan.FromMinutes(12) };

    /// <summary>Sends a message and reads the answer to its end; status, seconds to the first bytes and to the last.</summary>
    /// <param name="outputTokens">How long the answer of the modelled provider is; null = as configured there.</param>
    public async Task<(int Status, double First, double Last)> AskAsync(string body, long? outputTokens, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "/v1/messages") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("x-api-key", to.Key);
        if (outputTokens is { } tokens)
        {
            request.Headers.Add("x-model-output-tokens", tokens.ToString(CultureInfo.InvariantCulture));
        }

        long begun = Stopwatch.GetTimestamp();
        using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        await using Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        byte[] buffer = new byte[1 << 10];
        double first = 0;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            first = first > 0 ? first : Stopwatch.GetElapsedTime(begun).TotalSeconds;
        }

        return ((int)response.StatusCode, first, Stopwatch.GetElapsedTime(begun).TotalSeconds);
    }

    public void Dispose() => client.Dispose();

    /// <summary>A message of so many bytes.</summary>
    public static string Body(int bytes, bool streams, string salt)
    {
        string start = $$"""{"model":"claude-sonnet-4-5","max_tokens":4096,"temperature":0,"stream":{{(streams ? "true" : "false")}},"messages":[{"role":"user","content":"{{salt}} """;
        return start + new string('x', Math.Max(1, bytes - start.Length - 4)) + "\"}]}";
    }
}
