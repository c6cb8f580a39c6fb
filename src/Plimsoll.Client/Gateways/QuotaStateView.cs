namespace Plimsoll.Client.Gateways;

/// <summary>The quota of one account for a class of models.</summary>
/// <param name="Models">The model or pattern the limits belong to.</param>
/// <param name="Waiting">Requests that wait for quota.</param>
/// <param name="InFlight">Requests sent and not ended.</param>
/// <param name="Refusals">429 answers of the provider so far; callers saw none of them.</param>
public sealed record QuotaStateView(string Provider, string Account, string Models, int Waiting, int InFlight, long Refusals, IReadOnlyList<QuotaLevelView> Levels);
