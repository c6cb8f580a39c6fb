using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Watching;

/// <summary>A lock, limit or quota at one moment.</summary>
/// <param name="Units">How many there are; null = not bounded.</param>
/// <param name="Held">Units that are taken.</param>
/// <param name="Holders">Attempts that hold some.</param>
/// <param name="Waiters">Tasks that wait for it first of all.</param>
/// <param name="Since">When the one of the next in turn that waits longest began to wait; null = nobody waits.</param>
public sealed record LockLoad(string Name, LockKind Kind, double? Units, double Held, int Holders, long Waiters, DateTimeOffset? Since);
