using System.Buffers;
using System.Buffers.Text;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>Finds where one HTTP/1.1 request ends, and looks at nothing else.</summary>
internal static class RequestFrame
{
    private const int LineEnd = 2;

    /// <summary>Takes a whole request off the front; false = it has not all come.</summary>
    public static bool TryRead(ref ReadOnlySequence<byte> buffer)
    {
        if (buffer.IsSingleSegment)
        {
            if (Length(buffer.FirstSpan) is not { } length)
                return false;
            buffer = buffer.Slice(length);
            return true;
        }

        byte[] copy = ArrayPool<byte>.Shared.Rent(checked((int)buffer.Length));
        try
        {
            buffer.CopyTo(copy);
            if (Length(copy.AsSpan(0, (int)buffer.Length)) is not { } length)
                return false;
            buffer = buffer.Slice(length);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
    }

    private static int? Length(ReadOnlySpan<byte> bytes)
    {
        int head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return null;

        int begins = head + (2 * LineEnd);
        int body = 0;
        ReadOnlySpan<byte> rest = bytes[..(head + LineEnd)];
        for (int end = rest.IndexOf("\r\n"u8); end >= 0; end = rest.IndexOf("\r\n"u8))
        {
            ReadOnlySpan<byte> line = rest[..end];
            rest = rest[(end + LineEnd)..];
            if (Value(line, "content-length:"u8) is { Length: > 0 } length && Utf8Parser.TryParse(length, out int number, out _))
                body = number;
            else if (Value(line, "transfer-encoding:"u8) is { Length: > 0 })
                return bytes[begins..].IndexOf("0\r\n\r\n"u8) is var last and >= 0 ? begins + last + "0\r\n\r\n"u8.Length : null;
        }

        return bytes.Length >= begins + body ? begins + body : null;
    }

    private static ReadOnlySpan<byte> Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> name)
    {
        if (line.Length <= name.Length || line[0] is not ((byte)'c' or (byte)'C' or (byte)'t' or (byte)'T'))
            return default;
        return System.Text.Ascii.EqualsIgnoreCase(line[..name.Length], name) ? line[name.Length..].Trim((byte)' ') : default;
    }
}
