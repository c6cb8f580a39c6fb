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

    /// <summary>The whole body, or the first events up to some content; throws as the network does.</summary>
    public static async Task<UpstreamAnswer> ReadAsync(HttpResponseMessage response, Func<StreamMeter> meter, CancellationToken cancellation)
    {
        Stream stream = await response.Content.ReadAsStreamAsync(cancellation);
        return IsEventStream(response)
            ? await ReadEventsAsync(response, new EventReader(stream, meter()), cancellation)
            : await ReadWholeAsync(response, stream, cancellation);
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        response.IsSuccessStatusCode
        && response.Content.Headers.ContentType?.MediaType == "text/event-stream"
        && response.Content.Headers.ContentEncoding.Count == 0;

    private static async Task<UpstreamAnswer> ReadEventsAsync(HttpResponseMessage response, EventReader events, CancellationToken cancellation)
    {
        try
        {
            while (!events.SawContent && !events.IsAtEnd && events.Error.IsEmpty && events.Events < MostStartEvents && events.ReadyBytes < MostStartBytes)
            {
                await events.ReadAsync(cancellation);
            }
        }
        catch
        {
            events.Dispose();
            throw;
        }

        return new(response) { Events = events };
    }

    private static async Task<UpstreamAnswer> ReadWholeAsync(HttpResponseMessage response, Stream stream, CancellationToken cancellation)
    {
        int expected = (int)Math.Min(LongestWhole, response.Content.Headers.ContentLength ?? 0);
        PooledBytes body = new(Math.Max(expected + 1, FirstRead));
        try
        {
            while (body.Length < LongestWhole)
            {
                int read = await stream.ReadAsync(body.Room(1), cancellation);
                if (read == 0)
                {
                    return new(response) { Body = body };
                }

                body.Advance(read);
            }
        }
        catch
        {
            body.Dispose();
            throw;
        }

        return new(response) { Body = body, Rest = stream };
    }
}
