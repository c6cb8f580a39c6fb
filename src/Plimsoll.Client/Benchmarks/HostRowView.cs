namespace Plimsoll.Client.Benchmarks;

/// <summary>What a host of one size carries.</summary>
/// <param name="ByFormula"><c>max(1, floor((total - reserve) / limit))</c>.</param>
/// <param name="ByLoadLine">What the kernel lets run at once, simulated with the measured job.</param>
public sealed record HostRowView(long TotalBytes, long ReserveBytes, int ByFormula, int ByLoadLine);
