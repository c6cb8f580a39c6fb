namespace Plimsoll.Watch.Forecasts;

/// <summary>Tasks with what each is expected to take and whom it waits for.</summary>
/// <param name="Seconds">Expected duration by task.</param>
/// <param name="ElapsedSeconds">How long a running one has run.</param>
/// <param name="Edges">A task and one that waits for its end.</param>
/// <param name="Priority">Larger starts first; equals by the longest chain behind them.</param>
public sealed record GraphOutlook(double[] Seconds, TaskOutlook[] State, double[] ElapsedSeconds, IReadOnlyList<(int From, int To)> Edges, int[] Priority);
