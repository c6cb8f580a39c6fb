using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>Everything admission compares; tasks with equal shapes wait in one heap.</summary>
/// <param name="Class">Footprint and breaker class, a stable key.</param>
/// <param name="Locks">All are taken together or none.</param>
/// <param name="Cpu">Cores claimed, 0 = not counted.</param>
/// <param name="Memory">Declared memory; null when it has to be learned.</param>
/// <param name="Exclusive">Runs alone on its node.</param>
public sealed record TaskShape(string Class, ImmutableArray<LockClaim> Locks, double Cpu, Bytes? Memory, bool Exclusive)
{
    /// <summary>How large its input is, see <see cref="InputSize.Rounded"/>; 0 = not told.</summary>
    public double Size { get; init; }

    /// <summary>Labels of <see cref="NodeCapacity.Labels"/> that its node must have, sorted; none = any node will do.</summary>
    public ImmutableArray<string> Requires
    {
        get => field.IsDefault ? [] : field; // absent in older journals
        init;
    }

    /// <summary>Set for capacity that is held without a process of ours; null for tasks.</summary>
    public LeaseKind? Lease { get; init; }

    public bool Equals(TaskShape? other) =>
        other is not null && Class == other.Class && Cpu.Equals(other.Cpu) && Memory == other.Memory
        && Exclusive == other.Exclusive && Lease == other.Lease && Size.Equals(other.Size) && Requires.AsSpan().SequenceEqual(other.Requires.AsSpan()) && Locks.AsSpan().SequenceEqual(other.Locks.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Class, Cpu, Memory, Exclusive, Size, Locks.Length);
}
