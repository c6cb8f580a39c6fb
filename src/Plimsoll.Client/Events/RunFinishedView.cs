using Plimsoll.Client.Runs;

namespace Plimsoll.Client.Events;

/// <summary>The last event of a run in this process.</summary>
public sealed record RunFinishedView(
    DateTimeOffset At,
    int Run,
    SummaryView Summary) : RunEventView(At, Run);
