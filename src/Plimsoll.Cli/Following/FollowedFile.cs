using Microsoft.Win32.SafeHandles;

namespace Plimsoll.Cli.Following;

/// <summary>Reads one output file as it grows, line by line.</summary>
/// <remarks>The file is open only while it is read: a thousand quiet tasks hold no descriptors.</remarks>
internal sealed class FollowedFile(string task, OutputKind kind, string path)
{
    /// <summary>When more than this is unread, all but the end is skipped.</summary>
    public const long LargestBacklog = 4 << 20;

    private const long KeptAfterSkip = 64 << 10;

    private readonly FileInfo _file = new(path);
    private LineAssembler? _lines;
    private long _position;
    private bool _findLineStart;

    /// <summary>Passes on what is new, through a buffer that is only lent.</summary>
    public void Poll(ILineSink sink, byte[] buffer)
    {
        _file.Refresh();
        if (!_file.Exists || _file.Length <= _position)
            return;

        _lines ??= new LineAssembler();
        if (_file.Length - _position > LargestBacklog)
            SkipTo(_file.Length - KeptAfterSkip, sink);

        using SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        long end = _file.Length;
        while (_position < end)
        {
            int read = RandomAccess.Read(handle, buffer, _position);
            if (read == 0)
                break;
            _position += read;
            Push(buffer.AsSpan(0, read), sink);
        }
    }

    /// <summary>Passes on the rest, and a last line without an end.</summary>
    public void Finish(ILineSink sink, byte[] buffer)
    {
        Poll(sink, buffer);
        _lines?.End(line => sink.Line(task, kind, line));
    }

    private void SkipTo(long position, ILineSink sink)
    {
        _lines!.End(line => sink.Line(task, kind, line));
        sink.Skipped(task, position - _position, path);
        _position = position;
        _findLineStart = true;
    }

    private void Push(ReadOnlySpan<byte> bytes, ILineSink sink)
    {
        if (_findLineStart)
        {
            int end = bytes.IndexOf((byte)'\n');
            bytes = end < 0 ? bytes : bytes[(end + 1)..];
            _findLineStart = false;
        }

        _lines!.Push(bytes, line => sink.Line(task, kind, line));
    }
}
