using System.Collections.Frozen;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;

namespace Plimsoll.Daemon.Streaming;

/// <summary>Which events a subscriber wants, and may see.</summary>
/// <param name="Run">Of one run; null = of all, and of the service.</param>
/// <param name="Kinds">Of these kinds; empty = of all.</param>
internal sealed record EventWish(Caller Caller, RunId? Run, FrozenSet<string> Kinds)
{
    public bool Takes(ServiceEvent one, Lineage lineage) =>
        (Run is not { } run || one.View.Run == run.Value)
        && (Kinds.Count == 0 || Kinds.Contains(EventKinds.Of(one.View)))
        && (Caller.Attempt is null || Sees(one, lineage));

    /// <summary>A task is told of what it submitted, and of nothing that concerns others.</summary>
    private bool Sees(ServiceEvent one, Lineage lineage) =>
        one.Task is { } task ? lineage.Reaches(Caller, task) : one.View.Run > 0 && lineage.Reaches(Caller, new RunId(one.View.Run));
}
