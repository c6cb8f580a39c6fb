namespace Plimsoll.Cli.Following;

/// <summary>Cuts a stream of bytes into lines, holding at most one unfinished line of bounded length.</summary>
internal sealed class LineAssembler
{
    /// <summary>A longer line is passed on in pieces of this many bytes.</summary>
    public const int LongestLine = 16 * 1024;

    private readonly byte[] _partial = new byte[LongestLine];
    private int _length;

    public delegate void LineAction(ReadOnlySpan<byte> line);

    public void Push(ReadOnlySpan<byte> bytes, LineAction line)
    {
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)'\n');
            ReadOnlySpan<byte> piece = end < 0 ? bytes : bytes[..end];
            while (_length + piece.Length > LongestLine)
            {
                int room = LongestLine - _length;
                piece[..room].CopyTo(_partial.AsSpan(_length));
                line(_partial);
                piece = piece[room..];
                _length = 0;
            }

            if (end >= 0 && _length == 0)
            {
                line(piece);
            }
            else
            {
                piece.CopyTo(_partial.AsSpan(_length));
                _length += piece.Length;
                if (end >= 0)
                    Flush(line);
            }

            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    /// <summary>Passes on the unfinished line that was pushed last, if there is one.</summary>
    public void End(LineAction line)
    {
        if (_length > 0)
            Flush(line);
    }

    private void Flush(LineAction line)
    {
        line(_partial.AsSpan(0, _length));
        _length = 0;
    }
}
