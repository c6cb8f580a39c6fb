using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>Memory of a node at one moment.</summary>
/// <param name="Limit">Physical memory or the tightest cgroup limit.</param>
/// <param name="Free">What new allocations can get without reclaiming anything vital.</param>
/// <param name="Tasks">Resident memory of all live tasks together.</param>
public readonly record struct MemorySample(Bytes Limit, Bytes Free, Bytes Tasks);
