namespace Plimsoll.Client.Watching;

/// <summary>The pool of slots: its size and use, what it did since the service began, and what waits for it.</summary>
/// <param name="PoolSize">How many tasks can run at once: as configured, or as memory allows at present.</param>
/// <param name="Utilisation">Share of the slots in use now.</param>
/// <param name="UtilisationMean">The same over the last 10 minutes; null while that is not known.</param>
/// <param name="QueueDepth">Tasks that could run.</param>
/// <param name="QueueTrendPerMinute">By how many it grows a minute, over the last 5; null while that is not known.</param>
/// <param name="QueueTrend"><c>growing</c>, <c>shrinking</c>, <c>steady</c> or <c>unknown</c>.</param>
/// <param name="Classes">Durations and failures per class.</param>
public sealed record PoolView(
    int PoolSize,
    int Active,
    int AvailableSlots,
    long Processed,
    double? SuccessRate,
    DurationView? Durations,
    DurationView? Waits,
    double Utilisation,
    double? UtilisationMean,
    long QueueDepth,
    double? QueueTrendPerMinute,
    string QueueTrend,
    IReadOnlyList<ClassStatusView> Classes);
