using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Gateway.Providers;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Balancing;

/// <summary>One account at one provider: its connections, its key, and all that is learned about it.</summary>
internal sealed class Account : IDisposable
{
    public Account(ProviderSettings provider, AccountSettings settings, string? key, ProviderClient client, GatewayClock clock)
    {
        Provider = provider;
        Name = settings.Name;
        Key = key;
        Client = client;
        Address = new(provider);
        Prices = new(provider.Prices.IsDefault ? [] : provider.Prices);
        Quotas = new(provider, settings, Prices, clock);
    }

    public ProviderSettings Provider { get; }

    public string Name { get; }

    /// <summary>The provider's secret; goes into requests to the provider and nowhere else.</summary>
    public string? Key { get; }

    public ProviderClient Client { get; }

    public UpstreamAddress Address { get; }

    public PriceBook Prices { get; }

    public QuotaBook Quotas { get; }

    public Breaker Breaker { get; } = new();

    public void Dispose()
    {
        Quotas.Dispose();
    }
}
