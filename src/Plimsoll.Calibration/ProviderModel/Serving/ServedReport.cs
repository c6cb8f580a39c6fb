namespace Plimsoll.Calibration.ProviderModel.Serving;

/// <summary>What a modelled provider did from its first request on.</summary>
/// <param name="Requests">That were counted, answered or not.</param>
/// <param name="RateLimited">429 answers, injected ones among them.</param>
/// <param name="OtherErrors">Other answers that are no success.</param>
/// <param name="Faults">Faults that were injected.</param>
/// <param name="Span">From the first arrival to the report.</param>
/// <param name="Dimensions">Of each model, the busiest first.</param>
public sealed record ServedReport(
    long Requests, long RateLimited, long OtherErrors, long Faults, TimeSpan Span, IReadOnlyList<ServedDimension> Dimensions);
