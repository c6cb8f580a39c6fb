using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Daemon.Watching;

/// <summary>How the attempts of one class ended since the service began; guarded by the tally that owns it.</summary>
internal sealed class ClassTally(string name)
{
    /// <summary>Number of outcomes.</summary>
    public const int Outcomes = (int)AttemptOutcome.Cancelled + 1;

    private long[] ended = new long[Outcomes];

    public string Name { get; } = name;

    /// <summary>From admission to the end, of those that succeeded.</summary>
    public DurationHistogram Durations { get; private init; } = new();

    public string? LastFailure { get; private set; }

    public long Ended(AttemptOutcome outcome) => ended[(int)outcome];

    public long Total => ended.Sum();

    /// <summary>What the class is to blame for: not evictions, losses and cancellations.</summary>
    public long Failures => Ended(AttemptOutcome.Failed) + Ended(AttemptOutcome.TimedOut) + Ended(AttemptOutcome.OutOfMemory) + Ended(AttemptOutcome.StartFailed);

    public void Add(AttemptOutcome outcome, TimeSpan lasted, string? reason)
    {
        ended[(int)outcome]++;
        if (outcome == AttemptOutcome.Succeeded)
        {
            Durations.Add(lasted);
        }
        else
        {
            LastFailure = reason ?? LastFailure;
        }
    }

    public ClassTally Copy() => new(Name) { ended = [.. ended], Durations = Durations.Copy(), LastFailure = LastFailure };
}
