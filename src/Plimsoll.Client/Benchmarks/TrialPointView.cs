namespace Plimsoll.Client.Benchmarks;

/// <summary>A job at one moment of its life.</summary>
public sealed record TrialPointView(double Seconds, long Bytes, double Cores);
