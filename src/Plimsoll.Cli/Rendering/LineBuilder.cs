using System.Text;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>Builds one line that never grows wider than the terminal.</summary>
internal sealed class LineBuilder(OutputTarget target, int width)
{
    private readonly StringBuilder _text = new();

    public int Columns { get; private set; }

    public int Left => width - Columns;

    public LineBuilder Add(string text, Ink ink = Ink.Plain)
    {
        string cut = TextWidth.Cut(text, Left);
        _text.Append(target.Paint(ink, cut));
        Columns += TextWidth.Of(cut);
        return this;
    }

    /// <summary>The text in exactly this many columns.</summary>
    public LineBuilder AddFixed(string text, int columns, Ink ink = Ink.Plain) =>
        Add(TextWidth.Fit(text, Math.Min(columns, Left)), ink);

    /// <summary>The text at the right edge.</summary>
    public LineBuilder AddRight(string text, Ink ink = Ink.Plain)
    {
        int padding = Left - TextWidth.Of(text);
        return padding < 1 ? this : Add(new string(' ', padding)).Add(text, ink);
    }

    public LiveLine Build() => new(_text.ToString(), Columns);
}
