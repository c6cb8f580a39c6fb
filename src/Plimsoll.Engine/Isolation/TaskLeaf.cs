using Plimsoll.Core.Units;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>The cgroup of one attempt, in all the hierarchies it needs.</summary>
/// <remarks>Made by the spawner, frozen and thawed by whoever guards the node, everything else by the waiter; the probe only reads.</remarks>
internal sealed class TaskLeaf
{
    private const int ChargeBatchBytes = 64 * 4096; // the kernel books memory of a group in steps of 64 pages
    private readonly CgroupPaths paths;
    private readonly IReadOnlyList<string> folders;
    private volatile bool frozen;

    private TaskLeaf(CgroupPaths paths, IReadOnlyList<string> folders, TaskLimits applied)
    {
        this.paths = paths;
        this.folders = folders;
        Applied = applied;
        Watch = new LeafWatch(this);
        Entrances = [.. folders.Select(folder => $"{folder}/cgroup.procs")];
    }

    /// <summary>Its parent is that of an earlier Plimsoll, which goes with its last leaf.</summary>
    private bool IsForeign { get; init; }

    /// <summary>Limits as read back from the kernel.</summary>
    public TaskLimits Applied { get; private init; }

    /// <summary>Files to which a process writes 0 to enter.</summary>
    public IReadOnlyList<string> Entrances { get; private init; }

    public CgroupPaths Paths => paths;

    /// <summary>Looks for processes that moved out.</summary>
    public LeafWatch Watch { get; }

    /// <summary>A process of the attempt has moved out; written by the waiter.</summary>
    public bool Escaped { get; set; }

    public bool IsFrozen => frozen;

    /// <summary>Makes the groups and sets their limits.</summary>
    /// <param name="unapplied">Limits the machine does not offer; empty when all are in force.</param>
    /// <returns>Null with a refusal when there is no leaf, or none that holds the memory limit.</returns>
    public static TaskLeaf? Make(CgroupPaths parent, string name, TaskLimits limits, List<string> unapplied, out string? refusal)
    {
        CgroupPaths made = parent.For(limits).Child(name);
        string[] folders = [.. made.Folders()];
        foreach (string folder in folders)
        {
            if (CgroupFolder.Make(folder) is var error and not 0)
            {
                RemoveAll(folders);
                refusal = $"the cgroup {folder} cannot be made: {Errno.Text(error)}";
                return null;
            }
        }

        TaskLimits applied = LimitWriter.Apply(made, limits, unapplied);
        refusal = limits.Memory is not null && applied.Memory is null ? unapplied[0] : null;
        if (refusal is null)
            return new TaskLeaf(made, folders, applied);

        RemoveAll(folders);
        return null;
    }

    /// <summary>Makes the group below which an engine makes that of its container; the engine sets the limits, and nobody enters here.</summary>
    /// <param name="everywhere">Its folder in each hierarchy: an engine makes groups in all of them and removes only its own.</param>
    /// <param name="above">Gets what had to be made above it.</param>
    public static TaskLeaf? MakeForContainer(
        CgroupPaths paths, IReadOnlyList<string> everywhere, TaskLimits limits, ICollection<string> above, out string? refusal)
    {
        refusal = null;
        foreach (string folder in everywhere)
        {
            int error = CgroupFolder.MakeAll(Path.GetDirectoryName(folder)!, above);
            if (error == 0)
                error = CgroupFolder.Make(folder);

            if (error != 0)
            {
                RemoveAll(everywhere);
                refusal = $"the cgroup {folder} cannot be made: {Errno.Text(error)}";
                return null;
            }
        }

        return new TaskLeaf(paths, everywhere, limits) { Entrances = [] };
    }

    /// <summary>Takes over the leaf that an earlier Plimsoll made.</summary>
    /// <param name="folders">Its folder in each hierarchy.</param>
    /// <param name="isForeign">Its parent is not ours.</param>
    public static TaskLeaf Adopt(CgroupPaths paths, IReadOnlyList<string> folders, TaskLimits applied, bool isForeign)
    {
        bool stopped = paths.Unified is { } unified
            ? CgroupFolder.ReadNumber(unified, "cgroup.freeze") == 1
            : CgroupFolder.Read(paths.Freezer!, "freezer.state") is not (null or "THAWED");
        return new TaskLeaf(paths, folders, applied) { frozen = stopped, IsForeign = isForeign };
    }

    /// <summary>Stops every process in it; new ones start stopped. False when the kernel refused.</summary>
    public bool Freeze()
    {
        frozen = true;
        int error = paths.Unified is not null
            ? CgroupFolder.Write(paths.Unified, "cgroup.freeze", "1")
            : CgroupFolder.Write(paths.Freezer!, "freezer.state", "FROZEN");
        frozen = error == 0;
        return frozen;
    }

    public bool Thaw()
    {
        int error = paths.Unified is not null
            ? CgroupFolder.Write(paths.Unified, "cgroup.freeze", "0")
            : CgroupFolder.Write(paths.Freezer!, "freezer.state", "THAWED");
        if (error == 0)
            frozen = false;

        return error == 0;
    }

    /// <summary>SIGKILL to everything in it, frozen or not.</summary>
    public void Kill()
    {
        // Linux 5.14 and later; before that, and under version 1, process by process.
        if (paths.Unified is null || CgroupFolder.Write(paths.Unified, "cgroup.kill", "1") != 0)
            CgroupTree.Kill(paths.Unified ?? paths.Memory);

        // Under version 1 a frozen process dies only when it is thawed.
        if (paths.Freezer is { } freezer)
            CgroupTree.Thaw(freezer);

        frozen = false;
    }

    /// <summary>Adds all its processes.</summary>
    public void AddMembers(ICollection<int> pids) => CgroupTree.AddMembers(paths.Unified ?? paths.Memory, pids);

    /// <summary>Adds those whose memory the limit covers.</summary>
    public void AddLimitedMembers(ICollection<int> pids) => CgroupTree.AddMembers(paths.Memory, pids);

    public bool IsPopulated()
    {
        if (paths.Unified is { } unified && CgroupFolder.ReadField(unified, "cgroup.events", "populated") is { } populated)
            return populated != 0;

        List<int> members = [];
        AddMembers(members);
        return members.Count > 0;
    }

    /// <summary>How many of its processes an out-of-memory killer has ended so far.</summary>
    public long OutOfMemoryKills() =>
        paths.IsUnified
            ? CgroupFolder.ReadField(paths.Memory, "memory.events", "oom_kill") ?? 0
            : CgroupTree.Sum(paths.Memory, "memory.oom_control", "oom_kill"); // version 1 counts each group for itself

    /// <summary>Whether its own limit has stopped it at least once.</summary>
    public bool ReachedOwnLimit() =>
        Applied.Memory is { } limit
        && (paths.IsUnified
            ? CgroupFolder.ReadField(paths.Memory, "memory.events", "oom") > 0
            // Not memory.failcnt: newer kernels show 0 there (seen in 6.18).
            : CgroupFolder.ReadNumber(paths.Memory, "memory.max_usage_in_bytes") >= limit.Value - ChargeBatchBytes);

    /// <summary>Largest use the kernel has seen, page cache included; null where it does not tell.</summary>
    public Bytes? Peak() =>
        CgroupFolder.ReadNumber(paths.Memory, paths.IsUnified ? "memory.peak" : "memory.max_usage_in_bytes") is { } peak ? new Bytes(peak) : null;

    /// <summary>Asks the kernel to take back cold pages; blocks while it does. False where it cannot (version 1) or found nothing.</summary>
    public bool Reclaim(Bytes amount) => paths.IsUnified && CgroupFolder.Write(paths.Memory, "memory.reclaim", amount.Value) == 0;

    /// <summary>True when nothing of it is left; false while a process is still on its way out.</summary>
    public bool Remove()
    {
        bool gone = RemoveAll(folders);
        if (gone && IsForeign)
        {
            foreach (string folder in folders)
                _ = CgroupFolder.Remove(Path.GetDirectoryName(folder)!);
        }

        return gone;
    }

    private static bool RemoveAll(IReadOnlyList<string> folders)
    {
        bool all = true;
        foreach (string folder in folders)
            all &= CgroupTree.Remove(folder);

        return all;
    }
}
