namespace Plimsoll.Core.Lifecycle;

/// <summary>The circuit breaker of one class: closed, open until a time, then half open for one probe.</summary>
/// <remarks>Opening and closing are facts (<see cref="Facts.BreakerChanged"/>); here is what they and the attempts' endings leave behind.</remarks>
internal sealed class CircuitBreaker
{
    private readonly List<DateTimeOffset> failures = [];

    /// <summary>When the probe may start; null while closed.</summary>
    public DateTimeOffset? OpenUntil { get; private set; }

    /// <summary>True when the time of the probe has come and none is alive.</summary>
    public bool IsHalfOpen { get; private set; }

    /// <summary>Fence of the probe that is alive; 0 = none.</summary>
    public long ProbeFence { get; private set; }

    public bool IsHolding => OpenUntil is not null && !IsHalfOpen;

    public int FailureCount => failures.Count;

    public void Open(DateTimeOffset until)
    {
        OpenUntil = until;
        IsHalfOpen = false;
        ProbeFence = 0;
    }

    public void Close()
    {
        OpenUntil = null;
        IsHalfOpen = false;
        ProbeFence = 0;
        failures.Clear();
    }

    /// <summary>Lets one probe through once its time has come; true when that changed something.</summary>
    public bool HalfOpen(DateTimeOffset now)
    {
        if (IsHalfOpen || ProbeFence != 0 || !(OpenUntil <= now))
        {
            return false;
        }

        IsHalfOpen = true;
        return true;
    }

    /// <summary>Notes an admission; true when it was the probe, which closes the door behind it.</summary>
    public bool Admit(long fence, DateTimeOffset now)
    {
        if (OpenUntil is not { } until || ProbeFence != 0 || (!IsHalfOpen && until > now))
        {
            return false;
        }

        IsHalfOpen = false;
        ProbeFence = fence;
        return true;
    }

    /// <summary>Notes how an attempt ended; true when it was the probe and says nothing, so that another probe may start.</summary>
    public bool End(long fence, AttemptOutcome outcome, DateTimeOffset at)
    {
        bool saysNothing = outcome is AttemptOutcome.Evicted or AttemptOutcome.Lost or AttemptOutcome.Cancelled;
        if (outcome == AttemptOutcome.Succeeded)
        {
            failures.Clear();
        }
        else if (!saysNothing)
        {
            failures.Add(at);
            if (failures.Count > 1000)
            {
                failures.RemoveRange(0, 500);
            }
        }

        if (ProbeFence != fence || !saysNothing)
        {
            return false;
        }

        ProbeFence = 0;
        IsHalfOpen = true;
        return true;
    }

    /// <summary>True when the last <c>policy.Failures</c> failures without a success lie inside its window.</summary>
    public bool IsTripped(BreakerPolicy policy)
    {
        int first = failures.Count - Math.Max(1, policy.Failures);
        return first >= 0 && failures[^1] - failures[first] <= policy.Window;
    }
}
