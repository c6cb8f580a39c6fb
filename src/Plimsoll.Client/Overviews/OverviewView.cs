using Plimsoll.Client.Runs;
using ForecastView = Plimsoll.Client.Watching.ForecastView;

namespace Plimsoll.Client.Overviews;

/// <summary>Everything that happens now, on one page.</summary>
/// <param name="Status"><c>ok</c>, <c>degraded</c>, <c>stopping</c>, or <c>idle</c> when no Plimsoll works here.</param>
/// <param name="Trouble">Why it is degraded; null = it is not.</param>
/// <param name="Paused">Why nothing is started; null = starting is not paused.</param>
/// <param name="Line">Null when no Plimsoll works here.</param>
/// <param name="Counts">Tasks of all runs in memory.</param>
/// <param name="Running">Attempts alive, oldest first; at most 200.</param>
/// <param name="Waiting">Tasks that could run and do not, the next in turn first; at most 100.</param>
/// <param name="Causes">What those tasks wait for, the most frequent first.</param>
/// <param name="Runs">Unfinished runs and the newest finished ones, newest first; at most 30.</param>
public sealed record OverviewView(
    DateTimeOffset At,
    string Status,
    string? Trouble,
    string? Paused,
    ConcurrencyView Concurrency,
    LoadLineView? Line,
    ProcessorView? Processors,
    TaskCountsView Counts,
    IReadOnlyList<LiveTaskView> Running,
    IReadOnlyList<QueuedTaskView> Waiting,
    IReadOnlyList<WaitCauseView> Causes,
    IReadOnlyList<RunProgressView> Runs)
{
    /// <summary>When everything that was accepted will have ended; null while nothing is queued, too little is known, or no service works here.</summary>
    public ForecastView? Forecast { get; init; }
}
