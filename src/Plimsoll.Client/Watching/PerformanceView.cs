namespace Plimsoll.Client.Watching;

/// <summary>How fast work goes, since the service began unless a span is named.</summary>
/// <param name="Started">Attempts.</param>
/// <param name="Ended">Attempts.</param>
/// <param name="SuccessRate">Of attempts; null while none has ended.</param>
/// <param name="EndedPerMinute">Over the last 10 minutes; null while that is not known.</param>
/// <param name="Durations">From admission to the end.</param>
/// <param name="Waits">From being added to the first admission.</param>
/// <param name="TokensPerMinute">Over the last 10 minutes.</param>
/// <param name="DollarsPerHour">Over the last 10 minutes.</param>
/// <param name="Forecast">When the queue will be empty, and what it will use until then; null while nothing is queued or too little is known.</param>
public sealed record PerformanceView(
    long Started,
    long Ended,
    double? SuccessRate,
    double? EndedPerMinute,
    DurationView? Durations,
    DurationView? Waits,
    long Tokens,
    double Dollars,
    double? TokensPerMinute,
    double? DollarsPerHour,
    ForecastView? Forecast);
