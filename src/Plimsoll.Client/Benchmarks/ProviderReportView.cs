namespace Plimsoll.Client.Benchmarks;

/// <summary>What a modelled provider did.</summary>
/// <param name="RateLimited">429 answers, injected ones among them.</param>
/// <param name="OtherErrors">Other answers that are no success.</param>
/// <param name="Faults">Faults that were injected.</param>
/// <param name="Seconds">From the first request to the end.</param>
/// <param name="Goodput">Of the limit that was used most: charged / what it gave in that time; null = there are no limits.</param>
public sealed record ProviderReportView(
    long Requests, long RateLimited, long OtherErrors, long Faults, double Seconds, double? Goodput, IReadOnlyList<ProviderLimitView> Limits);
