using System.Collections.Frozen;
using Plimsoll.Core.Providers;

namespace Plimsoll.Daemon.Gateways;

/// <summary>Names the variables that hold real keys: tasks do not inherit them.</summary>
internal static class ProviderSecrets
{
    public static FrozenSet<string> Of(GatewaySettings gateway) => gateway.Providers
        .SelectMany(provider => provider.Accounts)
        .Select(account => account.Key?.Variable)
        .Concat(gateway.Keys.Select(key => key.Key.Variable))
        .OfType<string>()
        .ToFrozenSet(StringComparer.Ordinal);
}
