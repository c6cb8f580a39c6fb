using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Overviews;

/// <summary>How far a run is.</summary>
/// <param name="State"><c>open</c>, <c>running</c>, <c>finished</c> or <c>cancelled</c>; of a run of the journal alone also <c>interrupted</c>.</param>
/// <param name="RemainingSeconds">Expected time along the longest chain of unfinished tasks: a lower bound. Null once it has ended.</param>
public sealed record RunProgressView(int Run, string Name, string State, TaskCountsView Counts, double? RemainingSeconds);
