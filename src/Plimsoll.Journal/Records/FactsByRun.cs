using System.Collections.Immutable;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;

namespace Plimsoll.Journal.Records;

/// <summary>Splits a fact about tasks of several runs into one per run, so that every row belongs to one run; a fact about no task vanishes.</summary>
internal static class FactsByRun
{
    internal static IEnumerable<Fact> Split(Fact fact) => fact switch
    {
        TasksCancelled x => ByRun(x.Tasks).Select(tasks => x with { Tasks = tasks }),
        TasksSkipped x => ByRun(x.Tasks).Select(tasks => x with { Tasks = tasks }),
        TasksRequeued x => ByRun(x.Tasks).Select(tasks => x with { Tasks = tasks }),
        _ => [fact],
    };

    /// <summary>True for the kinds of fact that <see cref="Split"/> may change.</summary>
    internal static bool Concerns(Fact fact) => fact is TasksCancelled or TasksSkipped or TasksRequeued;

    private static IEnumerable<ImmutableArray<TaskId>> ByRun(ImmutableArray<TaskId> tasks) =>
        tasks.GroupBy(task => task.Run).Select(group => group.ToImmutableArray());
}
