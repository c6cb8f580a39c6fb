using System.Globalization;

namespace Plimsoll.Cli.Terminal;

/// <summary>Some lines at the bottom of the terminal that are drawn anew while other output scrolls above them.</summary>
internal sealed class LiveRegion(OutputTarget terminal)
{
    private readonly List<int> _drawn = [];

    public bool IsShown => _drawn.Count > 0;

    /// <summary>Takes the lines away, so that something else can be printed.</summary>
    public void Erase()
    {
        if (!IsShown)
            return;

        // A window made narrower has wrapped what was drawn.
        int width = terminal.Width;
        int rows = _drawn.Sum(columns => Math.Max(1, (columns + width - 1) / width));
        terminal.Write(string.Create(CultureInfo.InvariantCulture, $"\r\x1b[{rows}A\x1b[J"));
        terminal.Flush();
        _drawn.Clear();
    }

    /// <summary>Draws lines, each narrower than the terminal, in place of those shown.</summary>
    public void Show(IReadOnlyList<LiveLine> lines)
    {
        Erase();
        foreach (LiveLine line in lines)
        {
            terminal.WriteLine(line.Painted);
            _drawn.Add(line.Columns);
        }

        terminal.Flush();
    }
}
