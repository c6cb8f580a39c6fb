using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plimsoll.Cli.Terminal;

/// <summary>Makes text from tasks harmless on a terminal: colours stay, every other control sequence is shown instead of obeyed.</summary>
/// <remarks>
/// A task may print anything: OSC 52 writes the clipboard, a carriage return overwrites what was said before, C1 bytes start
/// sequences without an escape, bidirectional overrides reorder what is read (trojansource.codes). Shown as <c>cat -v</c>
/// shows them: <c>^[</c>, <c>^M</c>; bytes that are not UTF-8 as <c>\xff</c>; the rest as <c>&lt;U+009B&gt;</c>.
/// </remarks>
internal static class ControlEscaper
{
    private const int LongestColor = 64;

    /// <summary>Appends one line (without its end). A line that sets colours is closed by a reset.</summary>
    public static void Append(ReadOnlySpan<byte> line, bool keepColor, StringBuilder safe)
    {
        if (line.EndsWith("\r"u8))
            line = line[..^1];

        bool colored = false;
        while (!line.IsEmpty)
        {
            int length = keepColor ? ColorLength(line) : 0;
            if (length > 0)
            {
                safe.Append(Encoding.ASCII.GetString(line[..length]));
                colored = true;
                line = line[length..];
                continue;
            }

            OperationStatus status = Rune.DecodeFromUtf8(line, out Rune rune, out int used);
            if (status == OperationStatus.Done)
                Append(rune, safe);
            else
                foreach (byte invalid in line[..used])
                    safe.Append(CultureInfo.InvariantCulture, $"\\x{invalid:x2}");
            line = line[used..];
        }

        if (colored)
            safe.Append("\x1b[0m");
    }

    /// <summary>A name or a message in one line, without any control sequence.</summary>
    public static string Text(string text)
    {
        if (!NeedsCare(text))
            return text;

        var safe = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '\n')
                safe.Append("\\n");
            else
                Append(rune, safe);
        }

        return safe.ToString();
    }

    private static bool NeedsCare(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value == '\t' || IsHarmful(rune))
                return true;
        }

        return false;
    }

    private static void Append(Rune rune, StringBuilder safe)
    {
        if (rune.Value == '\t' || !IsHarmful(rune))
            safe.Append(rune.ToString());
        else if (rune.Value < 0x20)
            safe.Append('^').Append((char)(rune.Value + 0x40));
        else if (rune.Value == 0x7F)
            safe.Append("^?");
        else
            safe.Append(CultureInfo.InvariantCulture, $"<U+{rune.Value:X4}>");
    }

    private static bool IsHarmful(Rune rune) => rune.Value
        is (< 0x20 and not '\t') or (>= 0x7F and <= 0x9F) or 0x200E or 0x200F or (>= 0x2028 and <= 0x202E) or (>= 0x2066 and <= 0x2069);

    /// <summary>Length of a leading <c>ESC [ parameters m</c>; 0 when there is none.</summary>
    private static int ColorLength(ReadOnlySpan<byte> text)
    {
        if (text.Length < 3 || text[0] != 0x1B || text[1] != '[')
            return 0;

        for (int index = 2; index < Math.Min(text.Length, LongestColor); index++)
        {
            if (text[index] == 'm')
                return index + 1;
            if (!char.IsAsciiDigit((char)text[index]) && text[index] is not ((byte)';' or (byte)':'))
                return 0;
        }

        return 0;
    }
}
