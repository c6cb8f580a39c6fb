namespace Plimsoll.Engine.Processes;

/// <summary>Finds the living processes of one attempt: leader, orphans, leaf, and all their descendants.</summary>
/// <remarks>A supervisor is left out: it records how the command ended. Belongs to the waiter's thread.</remarks>
internal sealed class TreeMembers(LiveAttempt attempt)
{
    private readonly HashSet<int> members = [];

    /// <summary>Replaces the list with the members there are now.</summary>
    public void Collect(List<ProcStat> found, ProcTable table, OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        members.Clear();
        attempt.Leaf?.AddMembers(members);
        // A container's CLI and its monitor clean up when the container has ended; they are not what is to be ended.
        bool alone = attempt.IsContainer && members.Count > 0;
        if (!alone)
            AddTree(orphans, live);

        table.Refresh();
        table.AddDescendants(members);

        found.Clear();
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            bool spared = entry.Pid == attempt.Pid && attempt.Launch.Mode == StartMode.Supervised;
            if (!spared && !entry.IsZombie && members.Contains(entry.Pid))
                found.Add(entry);
        }
    }

    private void AddTree(OrphanList orphans, Dictionary<string, LiveAttempt> live)
    {
        if (!attempt.LeaderEnded)
            members.Add(attempt.Pid);

        orphans.AddOf(attempt, live, members);
    }
}
