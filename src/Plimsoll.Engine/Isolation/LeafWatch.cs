using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Notices processes that moved themselves out of the leaf of their attempt, where its limits no longer reach them.</summary>
/// <remarks>Belongs to the waiter's thread.</remarks>
internal sealed class LeafWatch(TaskLeaf leaf)
{
    private readonly Dictionary<int, long> inside = []; // process -> its start
    private readonly List<int> members = [];
    private readonly List<int> missing = [];

    /// <summary>Takes a look.</summary>
    /// <returns>A process that was inside before and lives outside now; 0 = none.</returns>
    public int Look()
    {
        members.Clear();
        leaf.AddLimitedMembers(members);
        missing.Clear();
        foreach (int pid in inside.Keys)
        {
            if (!members.Contains(pid))
                missing.Add(pid);
        }

        int escaped = 0;
        foreach (int pid in missing)
        {
            inside.Remove(pid, out long ticks);
            if (ProcStat.TryRead(pid, out ProcStat now) && now.StartTicks == ticks && !now.IsZombie)
                escaped = pid;
        }

        foreach (int pid in members)
        {
            if (!inside.ContainsKey(pid) && ProcStat.TryRead(pid, out ProcStat stat))
                inside.Add(pid, stat.StartTicks);
        }

        return escaped;
    }
}
