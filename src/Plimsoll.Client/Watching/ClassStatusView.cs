namespace Plimsoll.Client.Watching;

/// <summary>How the attempts of a class fare since the service began.</summary>
/// <param name="Live">Attempts alive now.</param>
/// <param name="SuccessRate">Of all that ended but for evictions, losses and cancellations; null while there are none.</param>
/// <param name="Failures">By kind: <c>failed</c>, <c>timed_out</c>, <c>out_of_memory</c>, <c>start_failed</c>, <c>evicted</c>, <c>lost</c>; kinds without any are left out.</param>
/// <param name="LastFailure">Reason of the newest failure.</param>
/// <param name="Breaker">State of its circuit breaker: <c>closed</c>, <c>open</c> or <c>half_open</c>.</param>
public sealed record ClassStatusView(
    string Class,
    int Live,
    long Ended,
    double? SuccessRate,
    IReadOnlyDictionary<string, long> Failures,
    string? LastFailure,
    string Breaker,
    DateTimeOffset? BreakerUntil,
    DurationView? Durations);
