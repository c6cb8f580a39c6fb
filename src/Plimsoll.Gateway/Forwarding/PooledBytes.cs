using System.Buffers;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>A growing run of bytes in pooled memory; whoever owns it gives it back by disposing it, once.</summary>
internal sealed class PooledBytes : IDisposable
{
    private byte[] array;
    private int start;
    private int end;

    /// <param name="capacity">Bytes to make room for at first.</param>
    public PooledBytes(int capacity)
    {
        array = capacity > 0 ? ArrayPool<byte>.Shared.Rent(capacity) : [];
    }

    public int Length => end - start;

    public ReadOnlyMemory<byte> Memory => array.AsMemory(start, Length);

    public ReadOnlySpan<byte> Span => array.AsSpan(start, Length);

    /// <summary>Changes bytes in place.</summary>
    public Span<byte> Writable => array.AsSpan(start, Length);

    /// <summary>Room for at least so many bytes behind the last one.</summary>
    public Memory<byte> Room(int least)
    {
        if (array.Length - end < least)
        {
            Grow(least);
        }

        return array.AsMemory(end);
    }

    /// <summary>Bytes were written into <see cref="Room"/>.</summary>
    public void Advance(int count)
    {
        end += count;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length).Span);
        Advance(bytes.Length);
    }

    /// <summary>Drops bytes at the beginning.</summary>
    public void Drop(int count)
    {
        start += count;
        if (start == end)
        {
            start = 0;
            end = 0;
        }
    }

    /// <summary>Takes bytes out of the middle.</summary>
    public void Cut(int at, int count)
    {
        array.AsSpan(start + at + count, Length - at - count).CopyTo(array.AsSpan(start + at));
        end -= count;
    }

    /// <summary>Leaves the memory to the collector, because somebody may still read it.</summary>
    public void Abandon()
    {
        array = [];
        start = 0;
        end = 0;
    }

    public void Dispose()
    {
        byte[] rented = array;
        array = [];
        start = 0;
        end = 0;
        if (rented.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private void Grow(int least)
    {
        int length = Length;
        if (start > 0 && array.Length - length >= least && start >= array.Length / 2)
        {
            array.AsSpan(start, length).CopyTo(array);
        }
        else
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + least, Math.Min(array.Length * 2, 1 << 30)));
            array.AsSpan(start, length).CopyTo(larger);
            if (array.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(array);
            }

            array = larger;
        }

        start = 0;
        end = length;
    }
}
