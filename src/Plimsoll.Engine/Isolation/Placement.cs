using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Decides how a launch is held apart, and makes its leaf.</summary>
/// <param name="parent">Null where this machine allows no cgroups.</param>
/// <param name="missing">Why there is no parent.</param>
/// <param name="journalId">Names containers.</param>
internal sealed class Placement(TaskParent? parent, string journalId, string missing)
{
    private readonly ContainerPlacement containers = new(parent, journalId);

    /// <summary>Told, once each, what does not work as asked.</summary>
    public Action<string>? Notice
    {
        set => containers.Notice = value;
    }

    /// <summary>The launch as it can be carried out: only a supervised command can enter a leaf before it runs.</summary>
    /// <remarks>Short commands without a limit get no leaf: making one costs about as much as starting them.</remarks>
    public ProcessLaunch Settle(ProcessLaunch launch) =>
        launch.Mode == StartMode.Direct
        && (launch.Isolation == IsolationKind.Container
            || (WantsLeaf(launch) && (launch.Limits.Any || launch.Isolation == IsolationKind.Cgroup)))
            ? launch with { Mode = StartMode.Supervised }
            : launch;

    /// <summary>Makes the leaf where one is wanted.</summary>
    /// <returns>Why the attempt must not start, or null.</returns>
    public string? Place(LiveAttempt attempt)
    {
        ProcessLaunch launch = attempt.Launch;
        if (attempt.IsContainer)
            return containers.Place(attempt);

        if (parent is null)
        {
            return launch.Isolation == IsolationKind.Cgroup
                ? $"isolation: cgroup is not possible here: {missing}; use isolation: auto to run without"
                : null;
        }

        if (launch.Mode == StartMode.Direct || !WantsLeaf(launch))
            return null;

        attempt.Leaf = parent.Make(launch.Attempt, launch.Limits, out string? refusal);
        if (refusal is null)
            return null;

        if (launch.Isolation == IsolationKind.Cgroup)
            return $"isolation: cgroup is not possible: {refusal}; use isolation: auto to run without";

        parent.TellOnce($"{refusal}; tasks run without a cgroup, their limits are watched and not enforced");
        return null;
    }

    /// <summary>Looks at a container that has begun to run: whether it is limited as asked.</summary>
    /// <returns>Why the attempt must not go on, or null.</returns>
    public string? Confirm(LiveAttempt attempt) => attempt.IsContainer ? containers.Confirm(attempt) : null;

    /// <summary>Looks at an attempt's leaf: whether an out-of-memory killer has taken a part of it. Tells of processes that moved out.</summary>
    public bool HasLostMembers(LiveAttempt attempt)
    {
        if (attempt.Leaf is not { } leaf)
            return false;

        if (leaf.Watch.Look() is > 0 and int escaped)
        {
            leaf.Escaped = true;
            parent?.TellOnce($"process {escaped} of attempt {attempt.Id} moved itself out of its cgroup: the task's limits no longer cover it");
        }

        // Version 1 ends one process at the limit; version 2 all of them.
        return leaf.OutOfMemoryKills() > 0;
    }

    /// <summary>Gives the leaf back; harmless without one.</summary>
    public void Release(LiveAttempt attempt)
    {
        if (attempt.IsContainer)
            ContainerRecord.Forget(attempt.Launch.Files);

        if (attempt.Leaf is not { } leaf)
            return;

        // One that was adopted may have a leaf where none can be made any more.
        if (parent is null)
            _ = leaf.Remove();
        else
            parent.Release(leaf);
    }

    private bool WantsLeaf(ProcessLaunch launch) => parent is not null && launch.Isolation is IsolationKind.Auto or IsolationKind.Cgroup;
}
