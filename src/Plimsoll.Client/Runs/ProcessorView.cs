namespace Plimsoll.Client.Runs;

/// <summary>The processors of the machine over the last second.</summary>
/// <param name="Busy">Share of their time that was used, 0..1.</param>
/// <param name="Stalled">Share of the time in which something that could run had to wait, 0..1; null where the kernel does not tell.</param>
public sealed record ProcessorView(double Busy, double? Stalled);
