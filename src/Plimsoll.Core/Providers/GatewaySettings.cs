using System.Collections.Immutable;

namespace Plimsoll.Core.Providers;

/// <summary>Everything the gateway is told by the configuration.</summary>
/// <param name="Port">Loopback port; 0: any free one.</param>
public sealed record GatewaySettings(ImmutableArray<ProviderSettings> Providers, ImmutableArray<PoolSettings> Pools, int Port = 0)
{
    public ImmutableArray<InboundKeySettings> Keys { get; init; } = [];

    public CacheSettings Cache { get; init; } = CacheSettings.Default;

    public BatchingSettings Batching { get; init; } = BatchingSettings.Default;

    public BudgetSettings Budgets { get; init; } = new();

    /// <summary>Whether byte-identical requests in flight share one answer.</summary>
    public bool Coalesces { get; init; } = true;
}
