using System.Collections.Immutable;

namespace Plimsoll.Core.Providers;

/// <summary>A model provider as configured under <c>providers:</c>.</summary>
/// <param name="BaseUrl">Absolute; https, or http on loopback only. With or without <c>/v1</c>.</param>
/// <param name="Accounts">At least one.</param>
/// <param name="CaFile">PEM file of additional authorities, or null.</param>
public sealed record ProviderSettings(
    string Name,
    ProviderKind Kind,
    Uri BaseUrl,
    ImmutableArray<AccountSettings> Accounts,
    ImmutableArray<PriceSettings> Prices,
    string? CaFile = null)
{
    /// <summary>Azure's <c>api-version</c>, added where a request has none.</summary>
    public string? ApiVersion { get; init; }

    /// <summary>Whether tokens are charged as max(max_tokens, estimate) or as their sum, where the provider charges at arrival.</summary>
    public bool ChargesSum { get; init; }

    /// <summary>Whether <c>stream_options.include_usage</c> is added to chat streams (and the extra chunk taken out again).</summary>
    public bool AsksForUsage { get; init; } = true;

    /// <summary>Model names to send instead of those asked for.</summary>
    public ImmutableDictionary<string, string> Aliases { get; init; } = ImmutableDictionary<string, string>.Empty;
}
