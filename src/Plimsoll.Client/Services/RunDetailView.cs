using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Services;

/// <summary>A run with what happens in it now.</summary>
/// <param name="Kind"><c>plan</c>, <c>map</c>, or <c>inbox</c>: the run that takes single tasks.</param>
/// <param name="Plan">Name of the plan; null when there is none.</param>
/// <param name="Parent">Id of the task that submitted it; null = none did.</param>
/// <param name="Running">Attempts alive now, oldest first; at most 64.</param>
/// <param name="Waiting">Tasks that could run and do not, the next in turn first; at most 20.</param>
/// <param name="RemainingSeconds">Expected time along the longest chain of unfinished tasks: a lower bound. Null once it has ended.</param>
public sealed record RunDetailView(
    RunView Run,
    string Kind,
    string? Plan,
    string? Parent,
    IReadOnlyList<RunningTaskView> Running,
    IReadOnlyList<WaitingTaskView> Waiting,
    double? RemainingSeconds);
