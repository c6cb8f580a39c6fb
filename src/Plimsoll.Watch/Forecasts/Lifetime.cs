namespace Plimsoll.Watch.Forecasts;

/// <summary>How long something lasted, or has lasted so far.</summary>
internal readonly record struct Lifetime(double Value, bool Ended);
