using System.Text;
using Plimsoll.Cli.Following;

namespace Plimsoll.Tests.Cli;

/// <summary>Keeps the lines of tasks.</summary>
internal sealed class RecordedLines : ILineSink
{
    public List<(string Task, OutputKind Kind, string Text)> Lines { get; } = [];

    public List<(string Task, long Bytes)> Skips { get; } = [];

    public void Line(string task, OutputKind kind, ReadOnlySpan<byte> line) => Lines.Add((task, kind, Encoding.UTF8.GetString(line)));

    public void Skipped(string task, long bytes, string path) => Skips.Add((task, bytes));
}
