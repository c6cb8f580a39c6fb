using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>Resident memory and processor time of attempts without a leaf, each the sum over its process tree.</summary>
/// <remarks>
/// A process counts for the attempt in whose session it is or from whose leader it descends; one that left both is not seen here (but is
/// ended with its attempt). Pages shared by several processes count for each of them until <see cref="Measure"/> has told how much that is.
/// </remarks>
internal sealed class TreeMemory : IDisposable
{
    private const int RollupBytes = 2048;

    /// <summary>Refreshes after which strangers are looked at again: one may have ended, and its number may have become one of ours.</summary>
    private const int StrangerRefreshes = 16;

    private static readonly long PageBytes = System.Environment.SystemPageSize;
    private readonly ProcTable table = new();
    private readonly Dictionary<int, int> owners = []; // process -> index of its tree
    private readonly List<TreeSum> trees = [];
    private readonly HashSet<int> strangers = []; // processes of no tree; none can become a member while the leaders stay the same
    private readonly HashSet<int> newcomers = []; // seen without a tree once: its parent may have been missed in that look
    private readonly HashSet<int> known = []; // the leaders when the strangers were met
    private int refreshes;

    /// <summary>Takes a look at the processes that are in a tree or new; call <see cref="Of"/> then.</summary>
    /// <param name="leaders">Process numbers of the attempts' leaders.</param>
    public void Refresh(ReadOnlySpan<int> leaders)
    {
        owners.Clear();
        trees.Clear();
        if (leaders.IsEmpty)
            return;

        MeetStrangersAnew(leaders);
        table.Refresh(strangers);
        foreach (int leader in leaders)
        {
            owners[leader] = trees.Count;
            trees.Add(default);
        }

        // Numbers mostly grow from parent to child, so one pass finds nearly all; the second gets those that wrapped around.
        Assign();
        Assign();
        Span<TreeSum> sums = CollectionsMarshal.AsSpan(trees);
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (owners.TryGetValue(entry.Pid, out int owner))
                sums[owner].Add(entry, PageBytes);
            else if (!newcomers.Add(entry.Pid))
                strangers.Add(entry.Pid);
        }
    }

    /// <summary>The tree of the leader with this index.</summary>
    public TreeSum Of(int index) => trees[index];

    /// <summary>How many bytes of a tree's resident sum are file pages or counted twice, by the kernel's proportional count; null when it does not tell.</summary>
    /// <remarks>Walks the page tables: about a millisecond per 300 MB. See proc_pid_smaps(5); Pss_Anon and Pss_Shmem exist since Linux 5.3.</remarks>
    public long? Measure(int index)
    {
        Span<byte> buffer = stackalloc byte[RollupBytes];
        long proportional = 0;
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (!owners.TryGetValue(entry.Pid, out int owner) || owner != index || entry.IsZombie)
                continue;

            ReadOnlySpan<byte> content = buffer[..ProcEntry.Read(entry.Pid, "smaps_rollup"u8, buffer)];
            long? anonymous = ProcFile.Field(content, "Pss_Anon:"u8);
            if (anonymous is null)
                return null;

            proportional += (anonymous.Value + (ProcFile.Field(content, "Pss_Shmem:"u8) ?? 0)) * 1024;
        }

        return Math.Max(0, trees[index].ResidentBytes - proportional);
    }

    public void Dispose() => table.Dispose();

    private void MeetStrangersAnew(ReadOnlySpan<int> leaders)
    {
        bool same = ++refreshes % StrangerRefreshes != 0;
        foreach (int leader in leaders)
            same &= known.Contains(leader);

        if (same)
            return;

        strangers.Clear();
        newcomers.Clear();
        known.Clear();
        foreach (int leader in leaders)
            known.Add(leader);
    }

    private void Assign()
    {
        foreach (ref readonly ProcStat entry in table.Entries)
        {
            if (owners.TryGetValue(entry.Parent, out int owner) || owners.TryGetValue(entry.Session, out owner))
                owners.TryAdd(entry.Pid, owner);
        }
    }
}
