using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Probes;

/// <summary>What a probe keeps between its readings of one attempt.</summary>
/// <remarks>Written by the probe; finished once by the waiter, after which readings change nothing.</remarks>
internal sealed class AttemptReading(AttemptId attempt)
{
    private readonly Lock gate = new();
    private FootprintMeter? meter; // guarded by gate, with everything below
    private LeafMemory? leaf;
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

            if (!opened)
            {
                opened = true;
                leaf = LeafMemory.Open(from.Paths);
            }

            return leaf?.Resident() is { } resident ? (resident, leaf.Cpu()) : null;
        }
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
