namespace Plimsoll.Client.Watching;

/// <summary>A lease that is held or waited for.</summary>
/// <param name="State"><c>held</c> or <c>waiting</c>.</param>
/// <param name="Holder">Id of the task it belongs to; null = held from outside.</param>
public sealed record LeaseHoldView(string Id, string State, string? Holder, string? Purpose, long MemoryBytes, double Cpu, IReadOnlyList<string> Locks);
