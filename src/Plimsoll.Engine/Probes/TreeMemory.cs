using System.Runtime.InteropServices;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>Resident memory of all running attempts, each the sum over its process tree.</summary>
/// <remarks>
/// A process counts for the attempt in whose session it is or from whose leader it descends; one that left both is not seen here (but is
/// ended with its attempt). Pages shared by several processes count for each of them.
/// </remarks>
internal sealed class TreeMemory(ProcessExecutor executor) : IDisposable
{
    private static readonly long PageBytes = System.Environment.SystemPageSize;
    private readonly ProcTable table = new();
    private readonly List<LiveAttempt> running = [];
    private readonly Dictionary<int, int> owners = []; // process -> index in running
    private readonly List<long> sums = [];

    public Bytes Read()
    {
        running.Clear();
        executor.CopyRunning(running);
        if (running.Count == 0)
            return default;

        table.Refresh();
        Assign();
        Bytes total = default;
        for (int index = 0; index < running.Count; index++)
        {
            Bytes tree = new(sums[index] * PageBytes);
            running[index].Resident = tree;
            running[index].PeakResident = Bytes.Max(running[index].PeakResident, tree);
            total += tree;
        }

        return total;
    }

    public void Dispose() => table.Dispose();

    private void Assign()
    {
        owners.Clear();
        sums.Clear();
        for (int index = 0; index < running.Count; index++)
        {
            sums.Add(0);
            if (running[index].Pid > 0)
                owners[running[index].Pid] = index;
        }

        // Numbers mostly grow from parent to child, so one pass finds nearly all; the second gets those that wrapped around.
        Pass();
        Pass();
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (owners.TryGetValue(entry.Pid, out int owner))
                CollectionsMarshal.AsSpan(sums)[owner] += entry.ResidentPages;
        }
    }

    private void Pass()
    {
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (owners.TryGetValue(entry.Parent, out int owner) || owners.TryGetValue(entry.Session, out owner))
                owners.TryAdd(entry.Pid, owner);
        }
    }
}
