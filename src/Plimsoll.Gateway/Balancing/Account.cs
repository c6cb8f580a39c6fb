using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Forwarding;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Balancing;

/// <summary>One account at one provider: its connections, its key, and all that is learned about it.</summary>
internal sealed class Account(ProviderSettings provider, AccountSettings settings, string? key, ProviderClient client)
{
    public ProviderSettings Provider => provider;

    public AccountSettings Settings => settings;

    public ProviderClient Client => client;

    /// <summary>The provider's secret; goes into requests to the provider and nowhere else.</summary>
    public string? Key => key;

    public string Name => settings.Name;

    public UpstreamAddress Address { get; } = new(provider);
}
