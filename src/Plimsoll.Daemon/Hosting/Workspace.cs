namespace Plimsoll.Daemon.Hosting;

/// <summary>The worktree of one live attempt.</summary>
internal sealed class Workspace(string task, string branch, string path, string? baseCommit)
{
    private volatile bool cancelled;

    public string Task { get; } = task;

    public string Branch { get; } = branch;

    public string Path { get; } = path;

    /// <summary>Commit the worktree starts from; null = the head at that time.</summary>
    public string? BaseCommit { get; } = baseCommit;

    /// <summary>An earlier Plimsoll made it, and may have been about to commit.</summary>
    public bool IsAdopted { get; set; }

    /// <summary>Written by the loop, read by the queue.</summary>
    public bool Cancelled
    {
        get => cancelled;
        set => cancelled = value;
    }
}
