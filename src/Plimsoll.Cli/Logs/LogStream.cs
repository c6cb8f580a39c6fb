using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Logs;

/// <summary>Copies one output file as it grows: harmless onto a terminal.</summary>
internal sealed class LogStream(string path, OutputTarget output, int? tailLines)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly LogPrinter _printer = new(output);
    private long _position = -1;

    /// <summary>Copies what is new; false = there is no file.</summary>
    public bool Copy()
    {
        if (!File.Exists(path))
            return false;

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        if (_position < 0)
            _position = tailLines is { } lines ? TailStart(file, lines) : 0;
        file.Position = _position;
        for (int read = file.Read(_buffer); read > 0 && !output.ReaderGone; read = file.Read(_buffer))
        {
            _printer.Write(_buffer.AsSpan(0, read));
            _position += read;
        }

        return true;
    }

    public void End() => _printer.End();

    /// <summary>Where the last lines begin, found by reading backwards.</summary>
    private long TailStart(FileStream file, int lines)
    {
        long end = file.Length;
        if (lines == 0)
            return end;

        // The newline at the very end closes the last line instead of beginning another.
        int newlines = -1;
        long position = end;
        bool last = true;
        while (position > 0)
        {
            int length = (int)Math.Min(_buffer.Length, position);
            position -= length;
            file.Position = position;
            file.ReadExactly(_buffer, 0, length);
            for (int index = length - 1; index >= 0; index--)
            {
                bool newline = _buffer[index] == '\n';
                if (last && !newline)
                    newlines++;
                last = false;
                if (newline && ++newlines == lines)
                    return position + index + 1;
            }
        }

        return 0;
    }
}
