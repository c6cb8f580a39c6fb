namespace Plimsoll.Client.Runs;

/// <summary>A run at one moment.</summary>
/// <param name="Running">The attempts alive now, oldest first; at most a screenful.</param>
/// <param name="Waiting">Some tasks that wait, those next in turn first; at most a screenful.</param>
/// <param name="EstimatedEndSeconds">Expected time to the end of the run from now; null while unknown.</param>
/// <param name="Stopping">Nothing more is started.</param>
public sealed record ProgressView(
    int Run,
    double ElapsedSeconds,
    TaskCountsView Counts,
    IReadOnlyList<RunningTaskView> Running,
    IReadOnlyList<WaitingTaskView> Waiting,
    double? EstimatedEndSeconds,
    MemoryView Memory,
    ConcurrencyView Concurrency,
    bool Stopping)
{
    /// <summary>Null where the machine does not tell.</summary>
    public ProcessorView? Processors { get; init; }
}
