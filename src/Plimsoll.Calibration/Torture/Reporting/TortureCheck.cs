namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>A target and whether it was reached.</summary>
/// <param name="Measured">As people read it.</param>
/// <param name="Met">Null = what it is compared with is not there.</param>
public sealed record TortureCheck(string What, string Measured, bool? Met);
