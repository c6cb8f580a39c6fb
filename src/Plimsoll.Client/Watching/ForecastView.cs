namespace Plimsoll.Client.Watching;

/// <summary>What is to be expected of the tasks that have been accepted.</summary>
/// <param name="DrainSeconds">Until the last of them has ended.</param>
/// <param name="LowSeconds">Where 10 % of such forecasts would fall below.</param>
/// <param name="HighSeconds">Where 10 % of such forecasts would lie above.</param>
/// <param name="Tokens">Of models, until then; null while none are used.</param>
/// <param name="PeakBytes">Memory that tasks will hold at most, by the trend of the last minutes; null while it is not known.</param>
/// <param name="At">When it was made; it is made anew twice a minute.</param>
public sealed record ForecastView(double DrainSeconds, double LowSeconds, double HighSeconds, double? Tokens, long? PeakBytes, DateTimeOffset At);
