namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Why a request was not admitted: the dimension with the longest wait.</summary>
/// <param name="Limit">Per minute.</param>
/// <param name="Used">Limit less what is left; above the limit in debt.</param>
/// <param name="Wait">Until it would be admitted if nothing else came; null = never.</param>
internal sealed record QuotaRefusal(QuotaDimension Dimension, long Limit, long Used, long Requested, TimeSpan? Wait);
