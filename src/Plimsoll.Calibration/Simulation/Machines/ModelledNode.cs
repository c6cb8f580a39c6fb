using System.Collections.Immutable;
using Plimsoll.Core;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>A node with true memory: what lives on it, and its guard.</summary>
internal sealed class ModelledNode(int number, SimulatedNode spec, int lanes)
{
    private readonly NodeGuard guard = new();
    private readonly DateTimeOffset[] laneFreeAt = new DateTimeOffset[lanes];

    public NodeId Id { get; } = new(number);

    public SimulatedNode Spec { get; } = spec;

    public List<ModelledAttempt> Live { get; } = [];

    public bool IsUp { get; set; } = true;

    /// <summary>The reading that is due; others are out of date.</summary>
    public int ReadingVersion { get; set; }

    public DateTimeOffset? ReadingAt { get; set; }

    /// <summary>What everything on it held when it was read last.</summary>
    public long HeldBytes { get; set; }

    /// <summary>When a start that is asked for now has had its processor time.</summary>
    public DateTimeOffset Serve(DateTimeOffset now, TimeSpan cpu)
    {
        if (laneFreeAt.Length == 0)
        {
            return now + cpu;
        }

        int first = 0;
        for (int lane = 1; lane < laneFreeAt.Length; lane++)
        {
            first = laneFreeAt[lane] < laneFreeAt[first] ? lane : first;
        }

        DateTimeOffset begins = laneFreeAt[first] > now ? laneFreeAt[first] : now;
        laneFreeAt[first] = begins + cpu;
        return laneFreeAt[first];
    }

    public long Held(DateTimeOffset now)
    {
        long held = 0;
        foreach (ModelledAttempt attempt in Live)
        {
            held += attempt.Bytes(now);
        }

        return held;
    }

    public NodeSample Sample(DateTimeOffset now)
    {
        ImmutableArray<TaskSample> tasks = [.. Live.Select(attempt => attempt.Sample(now))];
        long held = tasks.Sum(static task => task.Resident.Value);
        var memory = new MemorySample(new Bytes(Spec.MemoryBytes), new Bytes(Math.Max(0, Spec.MemoryBytes - held)), new Bytes(held));
        return new NodeSample(memory, tasks, null, default) { Cores = Spec.Cores };
    }

    /// <summary>What its guard does about a reading.</summary>
    public ImmutableArray<GuardAction> Judge(NodeSample sample, GuardView view, DateTimeOffset now)
    {
        var reading = new GuardSample(now, sample.Memory, sample.Tasks.AsSpan(), null);
        return ImmutableArray.Create(guard.Apply(reading, view));
    }

    /// <summary>Seconds until its memory is worth a look again: often while it moves or is short, seldom while nothing changes.</summary>
    public double NextLook(DateTimeOffset now, long held)
    {
        const double Usual = 0.25, Short = 0.05, Calm = 10;
        const int NearlyFull = 5;
        double steady = Calm;
        foreach (ModelledAttempt attempt in Live)
        {
            steady = Math.Min(steady, attempt.SteadyFor(now));
        }

        return steady > Usual ? steady : Spec.MemoryBytes - held < Spec.MemoryBytes / NearlyFull ? Short : Usual;
    }
}
