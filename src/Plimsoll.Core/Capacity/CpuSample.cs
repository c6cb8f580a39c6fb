namespace Plimsoll.Core.Capacity;

/// <summary>The processors of a node over the last second; told to people, never a reason to start less: a busy processor delays, it does not break.</summary>
/// <param name="Busy">Share of all processor time that was used, 0..1.</param>
/// <param name="Stalled">Share of the time in which something that could run had to wait (PSI), 0..1; null where the kernel does not tell.</param>
public readonly record struct CpuSample(double Busy, double? Stalled);
