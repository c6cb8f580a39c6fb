using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Graphs;

/// <summary>Tasks submitted together, as the kernel sees them: validated, acyclic, struct of arrays.</summary>
/// <remarks>
/// All per-task arrays have <see cref="Count"/> entries; index i is the i-th task of the block. Edges join tasks of the same block.
/// What a task executes is not here but in the <see cref="RunDocument"/>.
/// </remarks>
public sealed record TaskBlock
{
    public required Utf8Arena Names { get; init; }

    /// <summary>Distinct shapes; <see cref="ShapeOf"/> points into them.</summary>
    public required ImmutableArray<TaskShape> Shapes { get; init; }

    /// <summary>Distinct policies; <see cref="PolicyOf"/> points into them.</summary>
    public required ImmutableArray<TaskPolicy> Policies { get; init; }

    public required int[] ShapeOf { get; init; }

    public required int[] PolicyOf { get; init; }

    /// <summary>Larger starts first.</summary>
    public required int[] Priority { get; init; }

    /// <summary>Critical-path rank in seconds: own expected duration plus that of the longest chain of dependants.</summary>
    public required float[] Rank { get; init; }

    public required TaskEdge[] Edges { get; init; }

    /// <summary>Indices of tasks with a <c>when:</c> condition, ascending; the kernel asks for its value once all needs have ended.</summary>
    public required int[] Conditional { get; init; }

    public int Count => ShapeOf.Length;

    /// <summary>True when a task of it calls models through the gateway: it then takes a place of a provider's quota.</summary>
    public bool CallsModels => Shapes.Any(static shape => shape.Locks.Any(static claim => claim.Mode == LockMode.Fed));
}
