using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Rendering;

/// <summary>A listing in columns: as wide as its content, the last column cut to the terminal; a pipe gets everything.</summary>
internal sealed class TextTable(params TextColumn[] columns)
{
    private const int Gap = 2;

    private readonly List<TextCell[]> _rows = [];

    public int Rows => _rows.Count;

    public void Add(params TextCell[] cells) =>
        _rows.Add([.. cells.Select(cell => cell with { Text = ControlEscaper.Text(cell.Text) })]);

    public void WriteTo(OutputTarget output)
    {
        int[] widths = Widths(output);
        WriteRow(output, [.. columns.Select(column => new TextCell(column.Title, Ink.Faint))], widths);
        foreach (TextCell[] row in _rows)
            WriteRow(output, row, widths);
    }

    /// <summary>Natural widths; on a terminal the widest columns that may shrink give way until the line fits.</summary>
    private int[] Widths(OutputTarget output)
    {
        int[] widths = [.. columns.Select((column, index) =>
            _rows.Select(row => TextWidth.Of(row[index].Text)).Append(TextWidth.Of(column.Title)).Max())];
        int excess = widths.Sum() + (Gap * (columns.Length - 1)) - output.Width;
        while (output.IsTerminal && excess > 0)
        {
            int widest = -1;
            for (int index = 0; index < widths.Length; index++)
            {
                if (columns[index].Shrinks && widths[index] > 12 && (widest < 0 || widths[index] > widths[widest]))
                    widest = index;
            }

            if (widest < 0)
                break;
            widths[widest]--;
            excess--;
        }

        return widths;
    }

    private void WriteRow(OutputTarget output, TextCell[] row, int[] widths)
    {
        for (int index = 0; index < row.Length; index++)
        {
            bool last = index == row.Length - 1;
            string text = row[index].Text;
            int width = widths[index];
            int padding = Math.Max(0, width - TextWidth.Of(text));
            text = TextWidth.Cut(text, width);
            if (columns[index].AlignRight)
                output.Write(new string(' ', padding));
            output.Write(output.Paint(row[index].Ink, text));
            if (!last)
                output.Write(new string(' ', (columns[index].AlignRight ? 0 : padding) + Gap));
        }

        output.WriteLine();
    }
}
