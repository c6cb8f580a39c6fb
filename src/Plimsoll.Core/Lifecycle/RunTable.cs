using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Lifecycle;

/// <summary>The runs the kernel knows, by number.</summary>
internal sealed class RunTable(RunId last)
{
    private readonly SortedDictionary<int, RunState> runs = [];

    /// <summary>Highest number ever given.</summary>
    public RunId Last { get; private set; } = last;

    public IEnumerable<RunState> All => runs.Values;

    public void Remove(RunId id) => runs.Remove(id.Value);

    public RunState? Find(RunId id) => runs.GetValueOrDefault(id.Value);

    public void Open(RunId id, string name)
    {
        runs.TryAdd(id.Value, new RunState(id, name));
        Last = id.Value > Last.Value ? id : Last;
    }

    /// <summary>The handle of a task, or -1 when it is not known.</summary>
    public int Find(TaskId task) => Find(task.Run)?.Find(task.Ordinal) ?? -1;
}
