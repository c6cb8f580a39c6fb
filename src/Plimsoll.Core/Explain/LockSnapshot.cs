using System.Collections.Immutable;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Explain;

/// <summary>A named lock, limit of a service or quota.</summary>
/// <param name="Units">How many there are; null = not bounded, or not counted in units.</param>
/// <param name="Taken">Units that are taken; of a limit those drawn that have not come back.</param>
/// <param name="Holders">Oldest first. Nobody holds a limit.</param>
/// <param name="Waiting">Tasks that wait for it first of all.</param>
/// <param name="Waiters">The next in turn, one for each kind of task.</param>
public sealed record LockSnapshot(
    string Name, LockKind Kind, double? Units, double Taken, ImmutableArray<LockHolder> Holders, int Waiting, ImmutableArray<LockHolder> Waiters);
