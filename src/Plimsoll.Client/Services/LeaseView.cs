using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>Memory, cores and locks that are held without a task of their own.</summary>
/// <param name="Id">Id of the task that stands for it: <c>why</c> and <c>cancel</c> take it.</param>
/// <param name="State"><c>waiting</c>, <c>held</c> or <c>ended</c>.</param>
/// <param name="Fence">Rises with every grant: whoever comes with an older one has lost the lease. Null while it waits.</param>
/// <param name="Holder">Id of the task it belongs to and ends with; null = held from outside.</param>
/// <param name="Purpose">What it is held for, as its holder said.</param>
/// <param name="TtlSeconds">Without a renewal for so long it ends.</param>
/// <param name="Reasons">Why it waits; the first decides.</param>
public sealed record LeaseView(
    string Id,
    string State,
    long? Fence,
    long MemoryBytes,
    double Cpu,
    IReadOnlyList<string> Locks,
    string? Holder,
    string? Purpose,
    double TtlSeconds,
    DateTimeOffset ExpiresAt,
    IReadOnlyList<ReasonView> Reasons);
