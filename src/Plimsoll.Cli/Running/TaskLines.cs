using System.Text;
using Plimsoll.Cli.Following;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Running;

/// <summary>Prints lines of tasks behind the task's name: <c>build | text</c>, standard error as <c>build ! text</c>.</summary>
internal sealed class TaskLines(Screen screen) : ILineSink
{
    private const int WidestName = 24;

    private readonly StringBuilder _safe = new();
    private int _nameColumns = 8;

    public void Line(string task, OutputKind kind, ReadOnlySpan<byte> line)
    {
        OutputTarget output = screen.Out;
        output.Write(Prefix(output, task, kind == OutputKind.Stdout ? "| " : "! "));
        if (output.IsTerminal)
        {
            _safe.Clear();
            ControlEscaper.Append(line, output.Color, _safe);
            output.Write(_safe.ToString());
        }
        else
        {
            output.Write(line);
        }

        output.WriteLine();
    }

    public void Skipped(string task, long bytes, string path)
    {
        OutputTarget output = screen.Out;
        output.Write(Prefix(output, task, "| "));
        output.WriteLine(output.Paint(Ink.Faint, $"… {Figures.Bytes(bytes)} skipped, see {ControlEscaper.Text(path)}"));
    }

    /// <summary>A line of ours about a task, aligned with the task's own.</summary>
    public void Announce(string task, string text)
    {
        OutputTarget output = screen.Out;
        output.Write(Prefix(output, task, "  "));
        output.WriteLine(text);
    }

    /// <summary>The column grows to the widest name seen, up to a bound, so that lines stay aligned.</summary>
    private string Prefix(OutputTarget output, string task, string mark)
    {
        string name = ControlEscaper.Text(task);
        int columns = TextWidth.Of(name);
        _nameColumns = Math.Min(WidestName, Math.Max(_nameColumns, columns));
        string padding = new(' ', Math.Max(0, _nameColumns - columns));
        return $"{output.Paint(TaskInk.Of(task), name)}{padding} {output.Paint(mark == "! " ? Ink.Bad : Ink.Faint, mark)}";
    }
}
