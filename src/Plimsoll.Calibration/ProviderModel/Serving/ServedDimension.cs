using Plimsoll.Calibration.ProviderModel.Quotas;

namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>What was charged to one limit.</summary>
/// <param name="Limit">Per minute; of <see cref="QuotaDimension.DailyRequests"/> per day.</param>
/// <param name="Charged">Tokens or requests.</param>
/// <param name="Goodput">Charged / what the limit gave in that span, without the first fill of the bucket.</param>
public sealed record ServedDimension(string Model, QuotaDimension Dimension, long Limit, long Charged, double Goodput);
