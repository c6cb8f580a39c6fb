namespace Plimsoll.Gateway.Forwarding;

/// <summary>The body of an answer; a provider that stalls breaks it like a cut connection.</summary>
internal sealed class UpstreamStream(Stream stream, StallWatch.Watched watched) : IDisposable
{
    public async ValueTask<int> ReadAsync(Memory<byte> memory)
    {
        try
        {
            int read = await stream.ReadAsync(memory, watched.Token);
            watched.Heard();
            return read;
        }
        catch (OperationCanceledException ended) when (watched.HasStalled)
        {
            throw new IOException("the provider has sent nothing for five minutes", ended);
        }
    }

    public void Dispose()
    {
        stream.Dispose();
    }
}
