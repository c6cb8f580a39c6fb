namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>What a provider says of one of its limits.</summary>
/// <param name="Limit">Per minute.</param>
/// <param name="Remaining">0 to <paramref name="Limit"/>.</param>
/// <param name="UntilFull">Time until the quota is full again if nothing more is taken.</param>
internal readonly record struct QuotaReading(long Limit, long Remaining, TimeSpan UntilFull);
