using System.Collections.Immutable;

namespace Plimsoll.Core.Providers;

/// <summary>One member of a pool.</summary>
/// <param name="Provider">Name under <c>providers:</c>.</param>
/// <param name="Account">Name of one of its accounts; null: the first.</param>
/// <param name="Models">Patterns of models it serves; empty: all.</param>
/// <param name="Weight">Above zero; for weighted round robin.</param>
/// <param name="ContextTokens">Longest input it takes; null: not known.</param>
/// <param name="Region">For requests that ask for one; null: none.</param>
public sealed record EndpointSettings(
    string Provider,
    string? Account,
    ImmutableArray<string> Models,
    double Weight = 1,
    long? ContextTokens = null,
    string? Region = null);
