using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Capacity;

/// <summary>What a node offers to tasks.</summary>
/// <param name="Memory">Fixed memory for tasks after the reserve; null = judged by live samples.</param>
/// <param name="Cores">Cores that <c>cpu:</c> claims are counted against; null = not limited.</param>
public sealed record NodeCapacity(Bytes? Memory, double? Cores)
{
    /// <summary>What the node can do, by name; a task that requires one of these runs nowhere else.</summary>
    public ImmutableArray<string> Labels
    {
        get => field.IsDefault ? [] : field; // absent in older journals
        init;
    }
}
