namespace Plimsoll.Client.Benchmarks;

/// <summary>So many jobs at the same time with these limits.</summary>
/// <param name="MemoryBytes">Limit of each; null = none.</param>
/// <param name="Cores">Limit of each; null = none.</param>
/// <param name="OwnKills">Killed for their own limit.</param>
/// <param name="HostKills">Killed because all together had no memory left.</param>
/// <param name="OtherKills">Exit code 137 that neither explains.</param>
/// <param name="Throttled">They took more than twice as long as alone.</param>
/// <param name="WaitShare">Time in which a thread was ready and had no processor, to the jobs' time.</param>
/// <param name="MostStall">Share of a second in which some job stalled for want of memory.</param>
/// <param name="Stopped">Why the cell, and its row, were ended early.</param>
public sealed record StressCellView(
    string Name,
    int Agents,
    long? MemoryBytes,
    double? Cores,
    double CompletionRate,
    int OwnKills,
    int HostKills,
    int OtherKills,
    double TotalSeconds,
    double MedianSeconds,
    double? SlowDown,
    bool Throttled,
    double WaitShare,
    double MostSwapShare,
    double MostStall,
    double MeanStall,
    long MostBytes,
    IReadOnlyList<long> PeakBytes,
    string? Stopped);
