namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>A clock that stands until it is told to go on to what happens next; timers and planned events fire in order, on the caller's thread.</summary>
internal sealed class VirtualTime : TimeProvider
{
    private static readonly DateTimeOffset Origin = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private readonly PriorityQueue<Action, (long At, long Order)> events = new();
    private long order;

    public TimeSpan Now { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => Origin + Now;

    public static TimeSpan Since(DateTimeOffset moment) => moment - Origin;

    public void In(TimeSpan wait, Action action) => At(Now + wait, action);

    public void At(TimeSpan at, Action action) => events.Enqueue(action, (Math.Max(Now.Ticks, at.Ticks), ++order));

    /// <summary>Lets the next thing happen; false if nothing is planned up to a moment.</summary>
    public bool Step(TimeSpan until)
    {
        if (!events.TryPeek(out Action? action, out (long At, long Order) due) || due.At > until.Ticks)
            return false;
        events.Dequeue();
        Now = TimeSpan.FromTicks(due.At);
        action();
        return true;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class VirtualTimer(VirtualTime time, Action fire) : ITimer
    {
        private long version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            long armed = ++version;
            if (dueTime >= TimeSpan.Zero)
            {
                time.In(dueTime, () =>
                {
                    if (armed == version)
                        fire();
                });
            }

            return true;
        }

        public void Dispose() => version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
