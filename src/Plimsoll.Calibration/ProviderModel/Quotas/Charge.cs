namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>What an answer takes of one dimension, and when.</summary>
/// <param name="Amount">Tokens or requests; negative = given back.</param>
internal readonly record struct Charge(QuotaDimension Dimension, long Amount, DateTimeOffset At);
