using System.Collections.Immutable;

namespace Plimsoll.Core.Graphs;

/// <summary>What became of the cycles of a task graph.</summary>
/// <param name="Edges">The edges that are left, in their old order; acyclic when <paramref name="HardCycles"/> is empty.</param>
/// <param name="Dropped">Soft edges that were dropped, as indices into the edges that were given, ascending.</param>
/// <param name="DroppedCycles">For each of <paramref name="Dropped"/> the cycle it was dropped from, in the form of <paramref name="HardCycles"/>.</param>
/// <param name="HardCycles">Cycles without a soft edge: tasks in order, each with an edge to the next and the last with one to the first.</param>
public sealed record CycleResolution(TaskEdge[] Edges, ImmutableArray<int> Dropped, ImmutableArray<int[]> DroppedCycles, ImmutableArray<int[]> HardCycles);
