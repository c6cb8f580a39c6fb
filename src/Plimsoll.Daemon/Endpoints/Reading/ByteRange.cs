using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Plimsoll.Daemon.Endpoints.Reading;

/// <summary>The part of a representation that a request asks for (RFC 9110, section 14).</summary>
/// <param name="From">First byte.</param>
/// <param name="Count">How many; 0 = the representation is empty.</param>
/// <param name="IsPart">True when a part was asked for: the answer is 206.</param>
internal readonly record struct ByteRange(long From, long Count, bool IsPart)
{
    /// <summary>Reads the header; one that asks for several parts, for other units or under a condition is passed over, as the RFC allows.</summary>
    /// <returns>False when no byte of the part exists: the answer is 416.</returns>
    public static bool TryRead(HttpRequest request, long length, out ByteRange range)
    {
        range = new ByteRange(0, length, IsPart: false);
        if (request.Headers.Range is not [{ } header] || request.Headers.IfRange.Count > 0 || !header.StartsWith("bytes=", StringComparison.OrdinalIgnoreCase) || header.Contains(',', StringComparison.Ordinal))
        {
            return true;
        }

        string[] ends = header["bytes=".Length..].Split('-', StringSplitOptions.TrimEntries);
        if (ends.Length != 2 || !TryNumber(ends[0], out long? first) || !TryNumber(ends[1], out long? last) || (first is null && last is null) || last < first)
        {
            return true;
        }

        long from = first ?? Math.Max(0, length - last!.Value);
        long end = first is null ? length : Math.Min(length, last is { } given && given < long.MaxValue ? given + 1 : long.MaxValue);
        range = new ByteRange(from, end - from, IsPart: true);
        return range.Count > 0;
    }

    private static bool TryNumber(string text, out long? number)
    {
        bool read = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long value);
        number = read ? value : null;
        return read || text.Length == 0;
    }
}
