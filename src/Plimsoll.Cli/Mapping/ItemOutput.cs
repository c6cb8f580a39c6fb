using System.Text;
using Plimsoll.Cli.Following;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Mapping;

/// <summary>Prints the output of an item in one piece: as it is into a pipe, harmless on a terminal, behind its tag when asked for.</summary>
internal sealed class ItemOutput(bool tagged)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly StringBuilder _safe = new();

    /// <summary>Returns how many bytes there were.</summary>
    public long Copy(string? path, string tag, OutputTarget output)
    {
        var file = path is null ? null : new FileInfo(path);
        if (file is not { Exists: true, Length: > 0 })
            return 0;

        using FileStream stream = new(path!, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (!tagged && !output.IsTerminal)
            return CopyBytes(stream, output);

        var lines = new LineAssembler();
        long copied = 0;
        for (int read = stream.Read(_buffer); read > 0 && !output.ReaderGone; read = stream.Read(_buffer))
        {
            copied += read;
            lines.Push(_buffer.AsSpan(0, read), line => WriteLine(line, tag, output));
        }

        lines.End(line => WriteLine(line, tag, output));
        return copied;
    }

    private long CopyBytes(FileStream stream, OutputTarget output)
    {
        long copied = 0;
        for (int read = stream.Read(_buffer); read > 0 && !output.ReaderGone; read = stream.Read(_buffer))
        {
            copied += read;
            output.Write(_buffer.AsSpan(0, read));
        }

        return copied;
    }

    private void WriteLine(ReadOnlySpan<byte> line, string tag, OutputTarget output)
    {
        if (tagged)
        {
            output.Write(output.IsTerminal ? ControlEscaper.Text(tag) : tag);
            output.Write("\t"u8);
        }

        if (output.IsTerminal)
        {
            _safe.Clear();
            ControlEscaper.Append(line, output.Color, _safe);
            output.Write(_safe.ToString());
        }
        else
        {
            output.Write(line);
        }

        output.WriteLine();
    }
}
