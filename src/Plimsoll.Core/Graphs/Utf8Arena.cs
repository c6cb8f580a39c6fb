using System.Text;

namespace Plimsoll.Core.Graphs;

/// <summary>Append-only list of strings kept as UTF-8 in one array: 4 bytes of overhead per string.</summary>
/// <remarks>Not thread-safe while it grows; once shared it is only read.</remarks>
public sealed class Utf8Arena
{
    private byte[] bytes;
    private int[] ends;

    public Utf8Arena(int expectedCount = 16)
    {
        bytes = new byte[Math.Max(16, expectedCount * 16)];
        ends = new int[Math.Max(4, expectedCount)];
    }

    public int Count { get; private set; }

    public string this[int index] => Encoding.UTF8.GetString(Span(index));

    /// <summary>The UTF-8 form of a string, valid until the next <see cref="Add"/>.</summary>
    public ReadOnlySpan<byte> Span(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count);
        int start = index == 0 ? 0 : ends[index - 1];
        return bytes.AsSpan(start, ends[index] - start);
    }

    public void Add(ReadOnlySpan<char> text)
    {
        int start = Count == 0 ? 0 : ends[Count - 1];
        int length = Encoding.UTF8.GetByteCount(text);
        if (start + length > bytes.Length)
        {
            Array.Resize(ref bytes, checked((int)Math.Max(start + (long)length, Math.Min((long)bytes.Length * 2, Array.MaxLength))));
        }

        if (Count == ends.Length)
        {
            Array.Resize(ref ends, ends.Length * 2);
        }

        Encoding.UTF8.GetBytes(text, bytes.AsSpan(start));
        ends[Count++] = start + length;
    }
}
