namespace Plimsoll.Client.Overviews;

/// <summary>The tasks of a run and their order, as columns: task i has the i-th entry of each.</summary>
/// <param name="Names">Of the tasks.</param>
/// <param name="Classes">The distinct footprint classes.</param>
/// <param name="ClassOf">Index into <paramref name="Classes"/>.</param>
/// <param name="RankSeconds">Expected time from the start of the task to the end of the longest chain that follows it.</param>
/// <param name="From">Of edge i: the task that ends first.</param>
/// <param name="To">Of edge i: the task that starts afterwards.</param>
public sealed record RunGraphView(
    int Run,
    IReadOnlyList<string> Names,
    IReadOnlyList<string> Classes,
    IReadOnlyList<int> ClassOf,
    IReadOnlyList<float> RankSeconds,
    IReadOnlyList<int> From,
    IReadOnlyList<int> To);
