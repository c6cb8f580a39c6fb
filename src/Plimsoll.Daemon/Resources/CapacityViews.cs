using Plimsoll.Client.Services;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Projects;

namespace Plimsoll.Daemon.Resources;

/// <summary>Turns pictures of what is shared into what clients see.</summary>
internal static class CapacityViews
{
    public static NodeView View(NodeSnapshot node) => new(
        node.Node.Value,
        node.IsUp,
        node.Labels,
        node.Reading?.Memory.Limit.Value,
        node.Reading?.Memory.Free.Value,
        node.Capacity?.Value,
        node.Room?.Value,
        node.Reserve?.Value,
        node.Held.Value,
        node.Owed.Value,
        node.BurstPool.Value,
        node.Foreign.Value,
        node.Cores,
        node.CoresHeld,
        node.Live,
        node.SlotsTaken,
        node.Frozen,
        node.Gated,
        node.Reading?.Pressure is { } pressure ? new StallView(pressure.Some, pressure.Full) : null,
        node.Reading?.Cpu?.Busy,
        node.Reading?.Swap.Used.Value);

    /// <param name="sees">Which tasks the caller may know of; others are counted, not named.</param>
    public static LockView View(LockSnapshot one, DateTimeOffset now, Func<TaskId, bool> sees) => new(
        one.Name,
        one.Kind switch
        {
            LockKind.Limit => "limit",
            LockKind.Quota => "quota",
            _ => "lock",
        },
        one.Units,
        one.Taken,
        [.. one.Holders.Where(holder => sees(holder.Task)).Select(holder => View(holder, now))],
        one.Waiting,
        [.. one.Waiters.Where(waiter => sees(waiter.Task)).Select(waiter => View(waiter, now))],
        one.Waiters.IsEmpty ? 0 : one.Waiters.Max(waiter => Seconds(waiter, now)));

    public static ClassStateView View(ClassSnapshot one, DateTimeOffset now) =>
        new(one.Name, one.Live, one.Ready, one.Width, View(one.Breaker), one.Profile is { } profile ? LearnedClasses.View(one.Name, now, profile) : null);

    public static BreakerView View(BreakerSnapshot? breaker) =>
        breaker is null ? BreakerView.Closed : new BreakerView(breaker.IsHalfOpen ? "half_open" : "open", breaker.OpenUntil, breaker.Failures);

    private static LockHolderView View(LockHolder holder, DateTimeOffset now) => new(
        holder.Task.ToString(),
        holder.Name,
        holder.Mode switch
        {
            LockMode.Exclusive => "exclusive",
            LockMode.Shared => "shared",
            LockMode.Drawn => "drawn",
            LockMode.Fed => "fed",
            _ => "counted",
        },
        holder.Units,
        holder.Attempt == default ? null : holder.Attempt.Fence,
        Seconds(holder, now));

    private static double Seconds(LockHolder holder, DateTimeOffset now) => Math.Max(0, (now - holder.Since).TotalSeconds);
}
