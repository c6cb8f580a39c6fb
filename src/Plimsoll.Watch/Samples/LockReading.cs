using Plimsoll.Core.Capacity;

namespace Plimsoll.Watch.Samples;

/// <summary>A named lock, limit or quota.</summary>
/// <param name="Units">How many there are; null = not bounded.</param>
/// <param name="Held">Units that are taken.</param>
/// <param name="Holders">Attempts that hold some.</param>
/// <param name="Waiters">Tasks that wait for it first of all.</param>
/// <param name="LongestWait">Of the next in turn of each kind of task that waits; zero when nobody does.</param>
public sealed record LockReading(string Name, LockKind Kind, double? Units, double Held, int Holders, long Waiters, TimeSpan LongestWait);
