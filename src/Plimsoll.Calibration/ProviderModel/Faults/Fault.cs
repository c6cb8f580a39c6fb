namespace Plimsoll.Calibration.ProviderModel.Faults;

/// <summary>A fault and where in the answer it strikes.</summary>
/// <param name="At">Share of the answer that is still sent, 0 to below 1; kinds that refuse do not use it.</param>
internal readonly record struct Fault(FaultKind Kind, double At);
