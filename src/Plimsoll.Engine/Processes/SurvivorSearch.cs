using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Processes;

/// <summary>Finds the living processes of earlier attempts of one journal.</summary>
internal sealed class SurvivorSearch : IDisposable
{
    private readonly string prefix;
    private readonly CgroupLeftovers leftovers;
    private readonly ProcTable table = new();
    private readonly Dictionary<int, ProcessIdentity> supervisors = [];
    private readonly HashSet<int> sessions = [];
    private readonly HashSet<int> members = [];
    private readonly HashSet<int> ourselves = [];

    public SurvivorSearch(string journalId, IReadOnlyList<AttemptTrace> attempts, CgroupLeftovers leftovers)
    {
        this.leftovers = leftovers;
        prefix = $"{AttemptTag.Variable}{journalId}:";
        foreach (AttemptTrace attempt in attempts)
        {
            if (PidFile.Read(attempt.Files.Pid) is { } claim && IsAlive(claim))
            {
                supervisors[claim.Pid] = claim;
                sessions.Add(claim.Pid);
            }

            if (attempt.Process is { } leader && IsAlive(leader))
                sessions.Add(leader.Pid);
        }

        AddOurselves();
    }

    /// <summary>Kills the supervisors that live.</summary>
    /// <returns>How many there were.</returns>
    public int KillSupervisors()
    {
        int living = 0;
        foreach (ProcessIdentity supervisor in supervisors.Values)
        {
            if (!ourselves.Contains(supervisor.Pid) && IsAlive(supervisor) && ++living > 0)
                ProcessSignal.Send(supervisor.Pid, supervisor.StartTicks, ProcessSignal.Kill);
        }

        return living;
    }

    /// <summary>Replaces the list with the survivors there are now.</summary>
    public void Collect(List<ProcStat> found)
    {
        table.Refresh();
        members.Clear();
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (sessions.Contains(entry.Session) || AttemptTag.Read(entry.Pid)?.StartsWith(prefix, StringComparison.Ordinal) == true)
                members.Add(entry.Pid);
        }

        leftovers.AddMembers(members);
        members.ExceptWith(ourselves);
        table.AddDescendants(members);
        members.ExceptWith(ourselves);
        found.Clear();
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (!entry.IsZombie && members.Contains(entry.Pid))
                found.Add(entry);
        }
    }

    /// <summary>Who is left, for a message.</summary>
    public string Describe()
    {
        List<ProcStat> left = [];
        Collect(left);
        return string.Join(", ", left.Select(process => $"{process.Pid} (state {process.State})"));
    }

    public void Dispose() => table.Dispose();

    /// <summary>True while this very process runs.</summary>
    public static bool IsAlive(ProcessIdentity process) =>
        process.BootId == BootIdentity.Current
        && ProcStat.TryRead(process.Pid, out ProcStat stat)
        && stat.StartTicks == process.StartTicks
        && !stat.IsZombie;

    // A recovery may itself run inside a task of the same journal; it must not end itself or those who wait for it.
    private void AddOurselves()
    {
        int pid = System.Environment.ProcessId;
        while (pid > 1 && ourselves.Add(pid) && ProcStat.TryRead(pid, out ProcStat stat))
            pid = stat.Parent;
    }
}
