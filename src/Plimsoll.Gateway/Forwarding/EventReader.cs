using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>Reads a stream of events: bytes come in as the network splits them, whole events are ready to pass on.</summary>
/// <remarks>Bytes are passed on as they are; an event that the gateway asked for itself is taken out. Owns the stream and its memory.</remarks>
internal sealed class EventReader(UpstreamStream stream, StreamMeter meter) : IDisposable
{
    /// <summary>A longer event is passed on in pieces.</summary>
    private const int LongestEvent = 256 << 10;
    private const int LeastRead = 4096;

    private readonly PooledBytes buffer = new(2 * LeastRead);
    private int looked;

    public StreamMeter Meter => meter;

    /// <summary>Whole events that can be passed on.</summary>
    public ReadOnlyMemory<byte> Ready => buffer.Memory[..ReadyBytes];

    public int ReadyBytes { get; private set; }

    /// <summary>Where among the ready bytes the end of the answer begins; -1: not there.</summary>
    public int FinalAt { get; private set; } = -1;

    public int Events { get; private set; }

    public bool SawContent { get; private set; }

    /// <summary>The last error event, whole.</summary>
    public ReadOnlyMemory<byte> Error { get; private set; }

    /// <summary>Whether the stream has come to its end.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Reads what is there; waits while there is nothing.</summary>
    public async ValueTask ReadAsync()
    {
        int read = await stream.ReadAsync(buffer.Room(LeastRead));
        if (read == 0)
        {
            IsAtEnd = true;
            ReadyBytes = buffer.Length;
            return;
        }

        buffer.Advance(read);
        Look();
    }

    /// <summary>What was ready has been passed on.</summary>
    public void Passed(int count)
    {
        buffer.Drop(count);
        ReadyBytes -= count;
        looked -= count;
        FinalAt = FinalAt < 0 ? -1 : Math.Max(-1, FinalAt - count);
    }

    public void Dispose()
    {
        buffer.Dispose();
        stream.Dispose();
    }

    private void Look()
    {
        ReadOnlySpan<byte> bytes = buffer.Span;
        while (looked < bytes.Length)
        {
            int line = bytes[looked..].IndexOf((byte)'\n');
            if (line < 0)
            {
                looked = bytes.Length;
                break;
            }

            int next = looked + line + 1;
            int end = next < bytes.Length && bytes[next] == '\n' ? next + 1
                : next + 1 < bytes.Length && bytes[next] == '\r' && bytes[next + 1] == '\n' ? next + 2 : -1;
            if (end < 0)
            {
                // The rest of the boundary may not be here yet: look at this line's end again.
                bool isCut = next >= bytes.Length || (bytes[next] == '\r' && next + 1 >= bytes.Length);
                looked = isCut ? next - 1 : next;
                if (isCut)
                {
                    break;
                }

                continue;
            }

            looked = end;
            if (!Take(bytes[ReadyBytes..end], end))
            {
                bytes = buffer.Span;
            }
        }

        if (buffer.Length - ReadyBytes > LongestEvent)
        {
            ReadyBytes = buffer.Length;
            looked = ReadyBytes;
            SawContent = true;
        }
    }

    /// <summary>Takes one event in; false if it was taken out of the buffer.</summary>
    private bool Take(ReadOnlySpan<byte> item, int end)
    {
        Events++;
        EventKind kind = meter.Read(item);
        switch (kind)
        {
            case EventKind.UsageOnly:
                buffer.Cut(ReadyBytes, item.Length);
                looked = ReadyBytes;
                return false;
            case EventKind.Error:
                Error = item.ToArray();
                break;
            case EventKind.Final when FinalAt < 0:
                FinalAt = ReadyBytes;
                break;
            default:
                break;
        }

        SawContent |= kind is EventKind.Content or EventKind.Final;
        ReadyBytes = end;
        return true;
    }
}
