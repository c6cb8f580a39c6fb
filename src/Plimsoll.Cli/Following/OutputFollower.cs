namespace Plimsoll.Cli.Following;

/// <summary>Follows the output files of the attempts that are alive; one thread calls.</summary>
/// <remarks>Output goes from the task straight to its file, so neither a slow terminal nor a task that prints 10 GB holds anybody up or fills memory.</remarks>
internal sealed class OutputFollower(ILineSink sink)
{
    private readonly Dictionary<(string Task, int Attempt), FollowedFile[]> _attempts = [];
    private readonly byte[] _buffer = new byte[64 * 1024];

    public void Add(string task, int attempt, string? stdoutPath, string? stderrPath)
    {
        var files = new List<FollowedFile>(2);
        if (stdoutPath is not null)
            files.Add(new FollowedFile(task, OutputKind.Stdout, stdoutPath));
        if (stderrPath is not null)
            files.Add(new FollowedFile(task, OutputKind.Stderr, stderrPath));
        if (files.Count > 0)
            _attempts[(task, attempt)] = [.. files];
    }

    /// <summary>Passes on what is new of every attempt.</summary>
    public void Poll()
    {
        foreach (FollowedFile[] files in _attempts.Values)
        {
            foreach (FollowedFile file in files)
                file.Poll(sink, _buffer);
        }
    }

    /// <summary>Passes on the rest of an attempt that has ended.</summary>
    public void Remove(string task, int attempt)
    {
        if (!_attempts.Remove((task, attempt), out FollowedFile[]? files))
            return;
        foreach (FollowedFile file in files)
            file.Finish(sink, _buffer);
    }

    /// <summary>Passes on the rest of everything.</summary>
    public void RemoveAll()
    {
        foreach ((string task, int attempt) in _attempts.Keys.ToArray())
            Remove(task, attempt);
    }
}
