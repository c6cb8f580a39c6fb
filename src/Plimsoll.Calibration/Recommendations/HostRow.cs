namespace Plimsoll.Calibration.Recommendations;

/// <summary>What a host of one size carries.</summary>
/// <param name="ByFormula"><c>max(1, floor((total - reserve) / perTask))</c>.</param>
/// <param name="ByLoadLine">What the production kernel lets run at the same time, simulated.</param>
public sealed record HostRow(long TotalBytes, long ReserveBytes, int ByFormula, int ByLoadLine);
