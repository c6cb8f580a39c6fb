using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Watching;

/// <summary>A lock, limit or quota at one moment.</summary>
/// <param name="Units">How many there are; null = not bounded.</param>
/// <param name="Held">Units that are taken.</param>
/// <param name="Holders">Attempts that hold some.</param>
/// <param name="Waiters">Tasks that wait for it first of all.</param>
/// <param name="FirstTicket">Of those who wait, the one that has waited longest; it keeps the number until it is let through. 0 = nobody waits.</param>
public sealed record LockLoad(string Name, LockKind Kind, double? Units, double Held, int Holders, long Waiters, long FirstTicket);
