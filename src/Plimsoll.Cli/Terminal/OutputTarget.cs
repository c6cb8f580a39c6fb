using System.Buffers;
using System.Text;

namespace Plimsoll.Cli.Terminal;

/// <summary>Standard output or standard error with what is known about it; one thread writes.</summary>
internal sealed class OutputTarget(Stream stream, bool isTerminal, Func<int> width, Func<string, string?> environment)
{
    private static readonly string[] s_codes = ["", "2", "1", "32", "31", "33", "36", "35", "34"];

    private readonly ArrayBufferWriter<byte> _pending = new(4096);

    /// <summary>A person looks at it.</summary>
    public bool IsTerminal { get; } = isTerminal;

    public bool Color { get; private set; } = UsesColor(ColorMode.Auto, isTerminal, environment);

    /// <summary>The bytes themselves, for a protocol instead of text.</summary>
    public Stream Raw => stream;

    /// <summary>Columns; 80 where that is unknown.</summary>
    public int Width => width() is > 0 and int columns ? columns : 80;

    /// <summary>The reader has gone (<c>| head</c>): more output is of no use.</summary>
    public bool ReaderGone => stream is StandardStream { ReaderGone: true };

    /// <summary>The number of the system error that made writing impossible; 0 = none.</summary>
    public int Error => stream is StandardStream standard ? standard.Error : 0;

    public void SetColor(ColorMode mode) => Color = UsesColor(mode, IsTerminal, environment);

    /// <summary>The text in the ink, when colours are on.</summary>
    public string Paint(Ink ink, string text) =>
        Color && ink != Ink.Plain && text.Length > 0 ? $"\x1b[{s_codes[(int)ink]}m{text}\x1b[0m" : text;

    public void Write(string text) => Encoding.UTF8.GetBytes(text, _pending);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_pending.WrittenCount + bytes.Length > 1 << 16)
            Flush();

        if (bytes.Length > 1 << 16)
            stream.Write(bytes);
        else
            _pending.Write(bytes);
    }

    public void WriteLine(string text = "")
    {
        Write(text);
        Write("\n"u8);
    }

    public void Flush()
    {
        if (_pending.WrittenCount > 0)
            stream.Write(_pending.WrittenSpan);
        _pending.ResetWrittenCount();
        stream.Flush();
    }

    /// <summary>NO_COLOR (no-color.org) and CLICOLOR, CLICOLOR_FORCE (bixense.com/clicolors); a flag outranks both.</summary>
    private static bool UsesColor(ColorMode mode, bool terminal, Func<string, string?> environment) => mode switch
    {
        ColorMode.Always => true,
        ColorMode.Never => false,
        _ when !string.IsNullOrEmpty(environment("NO_COLOR")) => false,
        _ when environment("CLICOLOR_FORCE") is { Length: > 0 } force && force != "0" => true,
        _ => terminal && environment("CLICOLOR") != "0" && environment("TERM") != "dumb",
    };
}
