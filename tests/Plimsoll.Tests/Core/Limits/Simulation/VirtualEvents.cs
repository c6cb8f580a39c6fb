using System.Diagnostics.CodeAnalysis;

namespace Plimsoll.Tests.Core.Limits.Simulation;

/// <summary>What happens when, in virtual seconds.</summary>
internal sealed class VirtualEvents
{
    private readonly PriorityQueue<Action, (double At, long Order)> events = new();
    private long order;

    public double Now { get; private set; }

    /// <summary>Now as the limits see it: never before a moment that was asked for.</summary>
    public DateTimeOffset Moment => LimitSeeds.Start.AddTicks((long)Math.Ceiling((Now * TimeSpan.TicksPerSecond) - 1e-3));

    public void At(double at, Action action)
    {
        events.Enqueue(action, (Math.Max(Now, at), ++order));
    }

    public bool TryNext(double until, out double passed, [NotNullWhen(true)] out Action? action)
    {
        passed = 0;
        if (!events.TryPeek(out action, out (double At, long Order) due) || due.At > until)
        {
            return false;
        }

        events.Dequeue();
        passed = due.At - Now;
        Now = due.At;
        return true;
    }
}
