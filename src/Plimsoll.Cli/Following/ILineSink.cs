namespace Plimsoll.Cli.Following;

/// <summary>Takes the lines of tasks, each whole.</summary>
internal interface ILineSink
{
    /// <summary>A line without its end, or a piece of one that is too long to hold.</summary>
    void Line(string task, OutputKind kind, ReadOnlySpan<byte> line);

    /// <summary>A task prints faster than anybody reads: part of its output is only in its file.</summary>
    void Skipped(string task, long bytes, string path);
}
