using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Probes;

/// <summary>What a probe keeps between its readings of one attempt.</summary>
/// <remarks>Written by the probe; finished once by the waiter, after which readings change nothing.</remarks>
internal sealed class AttemptReading(AttemptId attempt, bool tellsGroupPeak = false)
{
    private readonly Lock gate = new();
    private FootprintMeter? meter; // guarded by gate, with everything below
    private LeafMemory? leaf;
    private long reclaimable; // at the last reading
    private long highWater;
    private Bytes? groupPeak;
    private bool opened;
    private bool finished;

    /// <summary>Bytes of the tree's resident sum that are not its own; 0 until measured.</summary>
    public long ForeignBytes { get; set; }

    /// <summary>The tree's resident sum at the last reading.</summary>
    public long TreeBytes { get; set; }

    public MappedPages Mapped { get; set; }

    public int Readings { get; private set; }

    /// <summary>Reads the leaf; null when it cannot be read (any more).</summary>
    public (Bytes Resident, TimeSpan Cpu)? Read(TaskLeaf from)
    {
        lock (gate)
        {
            if (finished)
                return null;

            return Look(from) is { } resident ? (resident, leaf!.Cpu()) : null;
        }
    }

    /// <summary>The most the kernel counted of the leaf, less the page cache of that time; null where it does not tell.</summary>
    /// <remarks>Sees what rises and falls between two readings. Page cache that did the same is counted with it.</remarks>
    public Bytes? GroupPeak(TaskLeaf of)
    {
        lock (gate)
        {
            if (!finished)
                _ = Look(of);

            return groupPeak;
        }
    }

    private Bytes? Look(TaskLeaf from)
    {
        if (!opened)
        {
            opened = true;
            leaf = LeafMemory.Open(from.Paths);
        }

        if (leaf?.Resident() is not { } resident)
            return null;

        // The mark rose at some moment since the reading before: the cache of the two is what there was, at most.
        if (tellsGroupPeak && from.Peak() is { } peak && peak.Value > highWater)
        {
            highWater = peak.Value;
            groupPeak = Bytes.Max(groupPeak ?? default, new Bytes(Math.Max(0, highWater - Math.Max(reclaimable, leaf.ReclaimableBytes))));
        }

        reclaimable = leaf.ReclaimableBytes;
        return resident;
    }

    /// <summary>Adds the processes of the leaf itself.</summary>
    public void AddMembers(List<int> pids)
    {
        lock (gate)
        {
            leaf?.AddMembers(pids);
        }
    }

    /// <summary>Adds a reading to the attempt's footprint.</summary>
    public TaskSample Add(Bytes resident, TimeSpan cpu, bool frozen, TimeSpan age)
    {
        TaskSample sample = new(attempt, resident, Mapped.Mapped, Mapped.Executable, cpu, frozen);
        lock (gate)
        {
            if (!finished)
                (meter ??= new FootprintMeter()).Add(sample, age);
        }

        Readings++;
        return sample;
    }

    /// <summary>The footprint so far; null when it was not read yet.</summary>
    public AttemptFootprint? SoFar(TimeSpan age)
    {
        lock (gate)
        {
            return meter?.Finish(age);
        }
    }

    /// <summary>The footprint of a life of this length; null when it was never read. No reading follows.</summary>
    public AttemptFootprint? Finish(TimeSpan age)
    {
        lock (gate)
        {
            finished = true;
            leaf?.Dispose();
            leaf = null;
            return meter?.Finish(age);
        }
    }
}
