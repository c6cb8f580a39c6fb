using System.Globalization;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Top;

/// <summary>The alternate screen of the terminal: what was there before comes back at the end.</summary>
internal sealed class TopScreen : IDisposable
{
    private readonly OutputTarget _terminal;

    public TopScreen(OutputTarget terminal)
    {
        _terminal = terminal;
        terminal.Write("\x1b[?1049h\x1b[?25l\x1b[2J");
        terminal.Flush();
    }

    public void Show(IReadOnlyList<LiveLine> lines, string footer, int height)
    {
        _terminal.Write("\x1b[H");
        for (int row = 0; row < height - 1; row++)
            _terminal.Write((row < lines.Count ? lines[row].Painted : "") + "\x1b[K\r\n");
        _terminal.Write(string.Create(CultureInfo.InvariantCulture, $"{_terminal.Paint(Ink.Faint, TextWidth.Cut(footer, Math.Max(1, _terminal.Width - 1)))}\x1b[K"));
        _terminal.Flush();
    }

    public void Dispose()
    {
        _terminal.Write("\x1b[?25h\x1b[?1049l");
        _terminal.Flush();
    }
}
