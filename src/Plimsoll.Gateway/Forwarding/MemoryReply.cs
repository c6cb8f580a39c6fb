namespace Plimsoll.Gateway.Forwarding;

/// <summary>An answer kept in memory, for callers in this process.</summary>
internal sealed class MemoryReply : IReply, IDisposable
{
    private readonly PooledBytes body = new(4096);

    public bool Started => body.Length > 0;

    public int Status { get; private set; }

    public bool IsBroken { get; private set; }

    public ReadOnlyMemory<byte> Body => body.Memory;

    public void Begin(int status, long? length)
    {
        Status = status;
    }

    public void Header(string name, string value)
    {
    }

    public ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        body.Append(bytes.Span);
        return ValueTask.CompletedTask;
    }

    public void Abort()
    {
        IsBroken = true;
    }

    public void Dispose()
    {
        body.Dispose();
    }
}
