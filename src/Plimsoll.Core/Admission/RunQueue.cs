using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Admission;

/// <summary>One run's place beside others: its candidates, what its attempts hold, and since when it has been waiting.</summary>
internal sealed class RunQueue(RunState run, ReadyOrder order)
{
    public RunState Run { get; } = run;

    /// <summary>Every shape of its tasks.</summary>
    public List<ShapeQueue> Shapes { get; } = [];

    public CandidateIndex Candidates { get; } = new(order);

    /// <summary>Position in the list of runs that have candidates, or -1.</summary>
    public int ActiveIndex { get; set; } = -1;

    /// <summary>Since when it has had candidates and started nothing; null while it has none. A reading, not a fact.</summary>
    public DateTimeOffset? WaitsSince { get; set; }

    public int LiveCount { get; private set; }

    public long HeldBytes { get; private set; }

    public long HeldMilliCores { get; private set; }

    public void Count(AttemptLease live, int sign)
    {
        LiveCount += sign;
        HeldBytes += sign * live.ReservedBytes;
        HeldMilliCores += sign * live.Shape.MilliCores;
    }

    /// <summary>Its largest share of the node's memory or cores, by its weight.</summary>
    /// <remarks>A. Ghodsi et al., "Dominant Resource Fairness", NSDI 2011.</remarks>
    public double Share(long bytes, long milliCores) =>
        Math.Max(HeldBytes / (double)Math.Max(1, bytes), HeldMilliCores / (double)Math.Max(1, milliCores)) / Run.Weight;
}
