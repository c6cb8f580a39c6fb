namespace Plimsoll.Tests.Gateway;

/// <summary>A clock for many threads that stands still until it is moved, and then fires what has become due, in order.</summary>
internal sealed class StillTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<StillTimer> timers = [];
    private TimeSpan elapsed;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that wait, for tests that must know that somebody waits.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return timers.Count(timer => timer.Due is not null);
        }
    }

    public override long GetTimestamp()
    {
        lock (gate)
            return elapsed.Ticks;
    }

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(GetTimestamp());

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        StillTimer timer = new(this, () => callback(state));
        lock (gate)
            timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan span)
    {
        TimeSpan until;
        lock (gate)
            until = elapsed + span;
        while (true)
        {
            StillTimer? next;
            lock (gate)
            {
                next = timers.Where(timer => timer.Due <= until).MinBy(timer => timer.Due);
                elapsed = next?.Due > elapsed ? next.Due.Value : elapsed;
                if (next is null)
                {
                    elapsed = until;
                    return;
                }

                next.Due = next.Period > TimeSpan.Zero ? elapsed + next.Period : null;
            }

            next.Fire();
        }
    }

    /// <summary>Returns when somebody waits for a moment at most so far away.</summary>
    public async Task UntilWaitedForAsync(TimeSpan within)
    {
        using CancellationTokenSource late = new(TimeSpan.FromSeconds(30));
        while (true)
        {
            lock (gate)
            {
                if (timers.Exists(timer => timer.Period == TimeSpan.Zero && timer.Due <= elapsed + within))
                    return;
            }

            late.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Leaps to the end of each wait of at most a minute until the work is done; longer waits are left alone.</summary>
    public async Task<T> LeapUntilAsync<T>(Task<T> work)
    {
        while (!work.IsCompleted)
        {
            Task wait;
            TimeSpan? due;
            lock (gate)
            {
                wait = changed.Task;
                due = timers.Where(timer => timer.Period == TimeSpan.Zero && timer.Due <= elapsed + TimeSpan.FromMinutes(1)).Min(timer => timer.Due) - elapsed;
            }

            if (due is { } next)
                Advance(next > TimeSpan.Zero ? next : TimeSpan.Zero);
            else
                await Task.WhenAny(work, wait).WaitAsync(TimeSpan.FromSeconds(30), Xunit.TestContext.Current.CancellationToken);
        }

        return await work;
    }

    private sealed class StillTimer(StillTime time, Action fire) : ITimer
    {
        public TimeSpan? Due { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                Due = dueTime == Timeout.InfiniteTimeSpan ? null : time.elapsed + dueTime;
                Period = period == Timeout.InfiniteTimeSpan ? TimeSpan.Zero : period;
                time.changed.TrySetResult();
                time.changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            return true;
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                Due = null;
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
