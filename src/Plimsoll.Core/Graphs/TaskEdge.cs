namespace Plimsoll.Core.Graphs;

/// <summary>Order between two tasks of a block, by their index in it.</summary>
/// <param name="From">Ends first.</param>
/// <param name="To">Starts afterwards.</param>
/// <param name="Soft">Order only: <paramref name="To"/> runs whatever the outcome of <paramref name="From"/>.</param>
public readonly record struct TaskEdge(int From, int To, bool Soft);
