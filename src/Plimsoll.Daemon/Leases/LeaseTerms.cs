using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Leases;

/// <summary>What a lease was asked for with; kept as the binding of its task, durable with it.</summary>
/// <param name="TtlSeconds">Without a renewal for so long it ends.</param>
/// <param name="HolderTask">Task whose child asks; null = somebody outside. It ends with the attempt.</param>
/// <param name="Purpose">For people: the command it is held for; null = not told.</param>
internal sealed record LeaseTerms(double TtlSeconds, long? HolderTask, int HolderNumber, long HolderFence, string? Purpose)
{
    public static LeaseTerms Of(TimeSpan ttl, AttemptId? holder, string? purpose) =>
        new(ttl.TotalSeconds, holder?.Task.Value, holder?.Number ?? 0, holder?.Fence ?? 0, purpose);

    public AttemptId? HolderOf() => HolderTask is { } task ? new AttemptId(new TaskId(task), HolderNumber, HolderFence) : null;
}
