using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Journal.Retention;

/// <summary>A finished run that is, or would be, removed.</summary>
/// <param name="DeadTasks">Tasks that are dead letters: when there are any, the run's rows stay, with the output of those tasks.</param>
/// <param name="Paths">Output folders and files that go.</param>
/// <param name="OutputBytes">Their size.</param>
/// <remarks>Worktrees are not here: they may hold uncommitted work, and only git can tell.</remarks>
public sealed record RetiredRun(RunId Run, string Name, DateTimeOffset FinishedAt, int DeadTasks, IReadOnlyList<string> Paths, Bytes OutputBytes)
{
    /// <summary>True when its rows go too.</summary>
    public bool Whole => DeadTasks == 0;
}
