using System.Net;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The body of a request to a provider, sent from pooled memory.</summary>
internal sealed class BodyContent(ReadOnlyMemory<byte> body) : HttpContent
{
    private int sending;

    /// <summary>Whether bytes may still be read from the memory: an answer can come before the request is sent.</summary>
    public bool IsSending => Volatile.Read(ref sending) > 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref sending);
        try
        {
            await stream.WriteAsync(body, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref sending);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}
