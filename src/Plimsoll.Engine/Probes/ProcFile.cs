using System.Buffers.Text;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Probes;

/// <summary>A small kernel file kept open and read again and again without allocating.</summary>
internal sealed unsafe class ProcFile : IDisposable
{
    /// <summary>Room for a file that holds one number.</summary>
    public const int NumberBytes = 32;

    private readonly byte[] buffer;
    private readonly int descriptor;

    private ProcFile(int descriptor, string path, int capacity)
    {
        this.descriptor = descriptor;
        buffer = new byte[capacity];
        Path = path;
    }

    public string Path { get; }

    /// <summary>Null when the file cannot be opened.</summary>
    /// <param name="capacity">Bytes that are read; what follows is ignored.</param>
    public static ProcFile? Open(string path, int capacity = 8192)
    {
        int opened = LibC.Open(path, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        return opened < 0 ? null : new ProcFile(opened, path, capacity);
    }

    /// <summary>The content now; empty when it cannot be read.</summary>
    public ReadOnlySpan<byte> Read()
    {
        fixed (byte* start = buffer)
        {
            nint count = LibC.ReadAt(descriptor, start, buffer.Length, 0);
            return buffer.AsSpan(0, (int)Math.Max(count, 0));
        }
    }

    /// <summary>The file as one number; null for <c>max</c> and anything else.</summary>
    public long? ReadNumber() => Utf8Parser.TryParse(Read(), out long value, out _) ? value : null;

    /// <summary>The number after a field name at the start of a line; null when there is none.</summary>
    public static long? Field(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name)
    {
        while (!content.IsEmpty)
        {
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? content : content[..end];
            if (line.StartsWith(name))
                return Utf8Parser.TryParse(line[name.Length..].TrimStart(" \t"u8), out long value, out _) ? value : null;

            content = end < 0 ? default : content[(end + 1)..];
        }

        return null;
    }

    public void Dispose() => _ = LibC.Close(descriptor);
}
