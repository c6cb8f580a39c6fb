using System.Text;
using Plimsoll.Cli.Following;
using Plimsoll.Cli.Terminal;

namespace Plimsoll.Cli.Logs;

/// <summary>Prints bytes a task wrote: as they are into a pipe, line by line and harmless onto a terminal.</summary>
internal sealed class LogPrinter(OutputTarget output)
{
    private readonly StringBuilder _safe = new();
    private readonly LineAssembler _lines = new();

    public bool ReaderGone => output.ReaderGone;

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (output.IsTerminal)
            _lines.Push(bytes, WriteLine);
        else
            output.Write(bytes);
    }

    /// <summary>Ends an unfinished line.</summary>
    public void End() => _lines.End(WriteLine);

    private void WriteLine(ReadOnlySpan<byte> line)
    {
        _safe.Clear();
        ControlEscaper.Append(line, output.Color, _safe);
        output.WriteLine(_safe.ToString());
    }
}
