namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>What a request takes of one dimension at its arrival.</summary>
/// <param name="Amount">Tokens or requests; 0 = the level must be above zero, nothing is taken yet.</param>
internal readonly record struct QuotaNeed(QuotaDimension Dimension, long Amount);
