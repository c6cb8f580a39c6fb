using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Caching;

/// <summary>A whole good answer that can be given again.</summary>
internal sealed record StoredAnswer(ReadOnlyMemory<byte> Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>About what an entry costs beside its body.</summary>
    private const int Overhead = 512;

    public long SizeBytes => Body.Length + Overhead;

    public static StoredAnswer Of(UpstreamAnswer answer) => new(answer.Body!.Span.ToArray(), ReturnedHeaders.Of(answer));

    public async ValueTask GiveAsync(Exchange exchange)
    {
        exchange.Status = 200;
        exchange.Reply.Begin(exchange.Status, Body.Length);
        foreach ((string name, string value) in Headers)
        {
            exchange.Reply.Header(name, value);
        }

        exchange.FirstByte = exchange.Deadline.Elapsed;
        await exchange.Reply.WriteAsync(Body, exchange.Ended);
    }
}
