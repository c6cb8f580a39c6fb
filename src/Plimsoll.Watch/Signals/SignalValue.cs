namespace Plimsoll.Watch.Signals;

/// <summary>A signal's number for one subject.</summary>
/// <param name="Subject">Stable name of what it belongs to; empty when there is one for all.</param>
/// <param name="Detail">The numbers behind it, for people.</param>
public readonly record struct SignalValue(string Subject, double Value, string Detail);
