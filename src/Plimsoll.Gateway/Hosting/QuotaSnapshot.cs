using System.Collections.Immutable;

namespace Plimsoll.Gateway.Hosting;

/// <summary>One account and model class.</summary>
/// <param name="Models">The model or pattern the limits belong to.</param>
/// <param name="Waiting">Requests that wait for quota.</param>
/// <param name="InFlight">Requests sent and not ended.</param>
/// <param name="Refusals">429 answers of the provider so far.</param>
public sealed record QuotaSnapshot(
    string Provider,
    string Account,
    string Models,
    int Waiting,
    int InFlight,
    long Refusals,
    ImmutableArray<LevelSnapshot> Levels);
