using System.Runtime.InteropServices;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>Reads all live attempts: those with a leaf from their cgroup, the others from their process trees.</summary>
internal sealed class AttemptReader(ProcessExecutor executor, TimeProvider time) : IDisposable
{
    // Costly facts are read for one attempt per reading, so that their price does not grow with the number of attempts.
    private const int ReadingsBeforeMapped = 2;
    private readonly TreeMemory trees = new();
    private readonly List<LiveAttempt> running = [];
    private readonly List<int> leaders = []; // of attempts that are read from their trees
    private readonly List<LiveAttempt> treeAttempts = []; // in the order of leaders
    private readonly List<TaskSample> samples = [];
    private readonly List<int> members = [];
    private int next;

    /// <summary>What the last <see cref="Read"/> saw.</summary>
    public ReadOnlySpan<TaskSample> Samples => CollectionsMarshal.AsSpan(samples);

    /// <summary>Sum over all attempts.</summary>
    public Bytes Read()
    {
        running.Clear();
        samples.Clear();
        leaders.Clear();
        treeAttempts.Clear();
        executor.CopyRunning(running);
        Bytes total = default;
        foreach (LiveAttempt attempt in running)
        {
            if (attempt.Leaf is { } leaf && attempt.Reading.Read(leaf) is { } read)
            {
                total += Add(attempt, read.Resident, read.Cpu);
            }
            else
            {
                leaders.Add(attempt.Pid);
                treeAttempts.Add(attempt);
            }
        }

        trees.Refresh(CollectionsMarshal.AsSpan(leaders));
        int costly = Choose();
        for (int index = 0; index < treeAttempts.Count; index++)
            total += ReadTree(index, costly >= 0 && running[costly] == treeAttempts[index]);

        if (costly >= 0 && running[costly] is { Leaf: not null } chosen && !treeAttempts.Contains(chosen))
            ReadMapped(chosen);

        return total;
    }

    public void Dispose() => trees.Dispose();

    private Bytes ReadTree(int index, bool costly)
    {
        LiveAttempt attempt = treeAttempts[index];
        TreeSum tree = trees.Of(index);
        AttemptReading reading = attempt.Reading;
        // What a tree loses may have been foreign; to believe that it was its own would hide later growth.
        reading.ForeignBytes = Math.Max(0, reading.ForeignBytes - Math.Max(0, reading.TreeBytes - tree.ResidentBytes));
        reading.TreeBytes = tree.ResidentBytes;
        if (costly)
        {
            reading.Mapped = MappedPages.Of(tree.Biggest) ?? reading.Mapped;
            long? foreign = trees.Measure(index);
            reading.ForeignBytes = foreign ?? 0;
        }

        return Add(attempt, new Bytes(Math.Max(0, tree.ResidentBytes - reading.ForeignBytes)), tree.Cpu);
    }

    private Bytes Add(LiveAttempt attempt, Bytes resident, TimeSpan cpu)
    {
        samples.Add(attempt.Reading.Add(resident, cpu, attempt.IsFrozen, time.GetElapsedTime(attempt.StartedAt)));
        attempt.Resident = resident;
        attempt.Cpu = cpu;
        attempt.PeakResident = Bytes.Max(attempt.PeakResident, resident);
        if (attempt.WatchedLimit is { } limit && resident > limit)
            executor.EndOverLimit(attempt);

        return resident;
    }

    // First those that were never looked at, then round and round.
    private int Choose()
    {
        for (int index = 0; index < running.Count; index++)
        {
            if (running[index].Reading is { Mapped.Executable: 0, Readings: ReadingsBeforeMapped or ReadingsBeforeMapped + 1 })
                return index;
        }

        return running.Count == 0 ? -1 : next++ % running.Count;
    }

    private void ReadMapped(LiveAttempt attempt)
    {
        members.Clear();
        attempt.Reading.AddMembers(members);
        if (MappedPages.Biggest(CollectionsMarshal.AsSpan(members)) is > 0 and int biggest && MappedPages.Of(biggest) is { } mapped)
            attempt.Reading.Mapped = mapped;
    }
}
