using Plimsoll.Calibration.ProviderModel.Dialects;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>A request that gets an error instead of an answer.</summary>
/// <param name="Fault">None = the account itself refuses.</param>
internal sealed record PlannedRefusal(ErrorAnswer Error, string Id, long Arrival, FaultKind Fault, IReadOnlyList<Charge> Charges);
