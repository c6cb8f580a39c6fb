using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>When an attempt last showed a sign of life: output, processor use or model traffic.</summary>
internal sealed class AttemptActivity
{
    // Of one core. The timers of an idle interpreter stay well below it, real work well above.
    private const double BusyShare = 0.02;

    private static readonly TimeSpan Judged = TimeSpan.FromSeconds(5);

    private DateTimeOffset activeAt = DateTimeOffset.MinValue;
    private DateTimeOffset? lastAt;
    private (DateTimeOffset At, TimeSpan Cpu)? measured;

    /// <summary>The longest it was silent and then went on.</summary>
    public TimeSpan LongestSilence { get; private set; }

    /// <summary>How long it has been silent; null when nothing of what it does can be read.</summary>
    public TimeSpan? Read(AttemptReading attempt, DateTimeOffset at)
    {
        TimeSpan missed = lastAt is { } last ? at - last : TimeSpan.Zero;
        lastAt = at;
        if (attempt.LastOutputAt is null && attempt.Cpu is null && attempt.LastModelTrafficAt is null)
        {
            activeAt = at;
            return null;
        }

        DateTimeOffset before = activeAt;

        // Time nobody looked, and time it was frozen, is no silence.
        if (missed > TimeSpan.FromSeconds(30) || attempt.Frozen)
        {
            activeAt = activeAt == DateTimeOffset.MinValue ? at : activeAt + missed;
        }

        activeAt = Latest(activeAt, Latest(attempt.StartedAt, Latest(attempt.LastOutputAt, attempt.LastModelTrafficAt)));
        if (Worked(attempt, at))
        {
            activeAt = at;
        }

        if (before != DateTimeOffset.MinValue && activeAt > before && !attempt.Frozen && missed <= TimeSpan.FromSeconds(30) && activeAt - before > LongestSilence)
        {
            LongestSilence = activeAt - before;
        }

        return at > activeAt ? at - activeAt : TimeSpan.Zero;
    }

    private bool Worked(AttemptReading attempt, DateTimeOffset at)
    {
        if (attempt.Cpu is not { } cpu)
        {
            return false;
        }

        if (measured is not { } before || cpu < before.Cpu)
        {
            measured = (at, cpu);
            return false;
        }

        if (at - before.At < Judged)
        {
            return false;
        }

        measured = (at, cpu);
        return (cpu - before.Cpu) / (at - before.At) >= BusyShare;
    }

    private static DateTimeOffset Latest(DateTimeOffset? left, DateTimeOffset? right)
    {
        DateTimeOffset one = left ?? DateTimeOffset.MinValue;
        return right is { } other && other > one ? other : one;
    }
}
