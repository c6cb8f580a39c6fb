using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Overviews;

/// <summary>A task that could run and does not, with the reason that decides.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
public sealed record QueuedTaskView(string Id, string Name, ReasonView Reason);
