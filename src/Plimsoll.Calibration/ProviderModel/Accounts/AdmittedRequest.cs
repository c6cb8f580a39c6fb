using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Accounts;

/// <summary>A request that gets an answer.</summary>
/// <param name="Taken">Charged at its arrival.</param>
/// <param name="Needs">What was asked of the quotas.</param>
internal sealed record AdmittedRequest(
    ProviderRequest Request, string Id, long Arrival, Fault Fault, IReadOnlyList<Charge> Taken, IReadOnlyList<QuotaNeed> Needs);
