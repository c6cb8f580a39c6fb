namespace Plimsoll.Client.Benchmarks;

/// <summary>One limit of a modelled provider.</summary>
/// <param name="Name"><c>rpm</c>, <c>itpm</c>, <c>otpm</c>, <c>tpm</c>, <c>project_tpm</c> or <c>rpd</c>.</param>
/// <param name="Limit">Per minute; of <c>rpd</c> per day.</param>
/// <param name="Charged">Tokens or requests.</param>
/// <param name="Goodput">Charged / what the limit gave in that time, without the first fill of its bucket.</param>
public sealed record ProviderLimitView(string Model, string Name, long Limit, long Charged, double Goodput);
