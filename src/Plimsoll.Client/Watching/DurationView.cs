namespace Plimsoll.Client.Watching;

/// <summary>Durations in seconds, quantiles within 10 %.</summary>
public sealed record DurationView(long Count, double Mean, double P50, double P90, double P99);
