using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Reads of an answer what must be known before anything of it is given to the client.</summary>
internal static class AnswerReader
{
    /// <summary>Longer bodies are passed on as they come, and their usage is looked for at their end.</summary>
    private const int LongestWhole = 8 << 20;
    private const int MostStartEvents = 64;
    private const int MostStartBytes = 256 << 10;
    private const int FirstRead = 16 << 10;

    /// <summary>The whole body, or the first events up to some content; throws as the network does. The answer owns the watch.</summary>
    public static async Task<UpstreamAnswer> ReadAsync(HttpResponseMessage response, RouteKind route, bool hidesUsage, StallWatch.Watched watched)
    {
        UpstreamStream stream = new(await response.Content.ReadAsStreamAsync(watched.Token), watched);
        return IsEventStream(response)
            ? await ReadEventsAsync(response, new EventReader(stream, new StreamMeter(route, hidesUsage)), watched)
            : await ReadWholeAsync(response, stream, watched);
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        response.IsSuccessStatusCode
        && response.Content.Headers.NonValidated.TryGetValues("Content-Type", out System.Net.Http.Headers.HeaderStringValues type)
        && type.ToString().StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase)
        && !response.Content.Headers.NonValidated.Contains("Content-Encoding");

    private static async Task<UpstreamAnswer> ReadEventsAsync(HttpResponseMessage response, EventReader events, StallWatch.Watched watched)
    {
        try
        {
            while (!events.SawContent && !events.IsAtEnd && events.Error.IsEmpty && events.Events < MostStartEvents && events.ReadyBytes < MostStartBytes)
            {
                await events.ReadAsync();
            }
        }
        catch
        {
            events.Dispose();
            throw;
        }

        return new(response, watched) { Events = events };
    }

    private static async Task<UpstreamAnswer> ReadWholeAsync(HttpResponseMessage response, UpstreamStream stream, StallWatch.Watched watched)
    {
        int expected = (int)Math.Min(LongestWhole, response.Content.Headers.ContentLength ?? 0);
        PooledBytes body = new(Math.Max(expected + 1, FirstRead));
        try
        {
            while (body.Length < LongestWhole)
            {
                int read = await stream.ReadAsync(body.Room(1));
                if (read == 0)
                {
                    stream.Dispose();
                    return new(response, watched) { Body = body };
                }

                body.Advance(read);
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        return new(response, watched) { Body = body, Rest = stream };
    }
}
