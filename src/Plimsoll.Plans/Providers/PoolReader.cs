using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads <c>pools:</c> and checks that what they name exists.</summary>
internal sealed class PoolReader(ImmutableArray<ProviderSettings> providers, Scalars scalars)
{
    private static readonly string[] Keys = ["strategy", "endpoints"];

    private static readonly string[] EndpointKeys = ["provider", "account", "models", "weight", "context", "region"];

    private static readonly Dictionary<string, BalancingStrategy> Strategies = new(StringComparer.Ordinal)
    {
        ["round_robin"] = BalancingStrategy.RoundRobin,
        ["least_loaded"] = BalancingStrategy.LeastLoaded,
        ["weighted_round_robin"] = BalancingStrategy.WeightedRoundRobin,
        ["capability"] = BalancingStrategy.Capability,
    };

    public ImmutableArray<PoolSettings> Read(Node node)
    {
        List<PoolSettings> pools = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "pools"))
        {
            if (!RouteNames.Check(entry.Key, "pool", scalars))
            {
                continue;
            }

            if (providers.Any(provider => provider.Name == entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "a provider has this name already, and llm: could mean either", "Give the pool another name.");
            }
            else
            {
                pools.Add(Pool(entry));
            }
        }

        return [.. pools];
    }

    private PoolSettings Pool(NodeEntry pool)
    {
        BalancingStrategy strategy = BalancingStrategy.LeastLoaded;
        List<EndpointSettings> endpoints = [];
        foreach (NodeEntry entry in scalars.Mapping(pool.Value, $"pool {pool.Key.Text}"))
        {
            switch (entry.Key.Text)
            {
                case "strategy":
                    strategy = Strategies.GetValueOrDefault(scalars.Choice(entry.Value, "strategy", Strategies.Keys) ?? "", strategy);
                    break;
                case "endpoints":
                    endpoints.AddRange(scalars.OneOrMore(entry.Value, "endpoints").Select(Endpoint).OfType<EndpointSettings>());
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a pool", Keys);
                    break;
            }
        }

        if (pool.Value is { Kind: NodeKind.Map } written && (written.Find("endpoints") is null || written.Find("endpoints") is { Kind: NodeKind.List, Items.Count: 0 }))
        {
            scalars.Diagnostics.Error(pool.Key, $"pool {pool.Key.Text} has no endpoints", "Add endpoints: [PROVIDER, …].");
        }

        return new PoolSettings(pool.Key.Text, strategy, [.. endpoints]);
    }

    // The short form is the name of a provider.
    private EndpointSettings? Endpoint(Node node)
    {
        if (node.Kind == NodeKind.Scalar)
        {
            return Known(node) is { } only ? new EndpointSettings(only.Name, null, []) : null;
        }

        if (node.Kind != NodeKind.Map || node.Find("provider") is not { } named)
        {
            scalars.Diagnostics.Error(node, "an endpoint is a provider, or a mapping that names one", "Write {provider: NAME, weight: 2}.");
            return null;
        }

        ProviderSettings? provider = Known(named);
        EndpointSettings endpoint = new(named.Text, null, []);
        foreach (NodeEntry entry in node.Entries)
        {
            switch (entry.Key.Text)
            {
                case "provider":
                    break;
                case "account":
                    endpoint = endpoint with { Account = Account(entry.Value, provider) };
                    break;
                case "models":
                    endpoint = endpoint with { Models = [.. scalars.OneOrMore(entry.Value, "models").Select(one => PatternReader.Read(one, scalars)).OfType<string>()] };
                    break;
                case "weight":
                    endpoint = endpoint with { Weight = scalars.Number(entry.Value, "weight", 0.001, 1000) ?? 1 };
                    break;
                case "context":
                    endpoint = endpoint with { ContextTokens = Tokens(entry.Value) };
                    break;
                case "region":
                    endpoint = endpoint with { Region = scalars.Text(entry.Value, "region", 100) };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "an endpoint", EndpointKeys);
                    break;
            }
        }

        return provider is null ? null : endpoint;
    }

    private ProviderSettings? Known(Node node)
    {
        ProviderSettings? provider = providers.FirstOrDefault(one => one.Name == node.Text);
        if (provider is null)
        {
            scalars.Diagnostics.Error(node, "unknown provider", Nearest.Cure(node.Text, [.. providers.Select(one => one.Name)], "provider"));
        }

        return provider;
    }

    private string? Account(Node node, ProviderSettings? provider)
    {
        if (provider is null || provider.Accounts.Any(account => account.Name == node.Text))
        {
            return node.Text;
        }

        scalars.Diagnostics.Error(node, $"provider {provider.Name} has no such account", Nearest.Cure(node.Text, [.. provider.Accounts.Select(one => one.Name)], "account"));
        return null;
    }

    private long? Tokens(Node node)
    {
        string text = node.Kind == NodeKind.Scalar ? node.Text.Trim() : "";
        long scale = text.Length > 0 ? char.ToLowerInvariant(text[^1]) switch { 'k' => 1000, 'm' => 1_000_000, _ => 1 } : 1;
        if (long.TryParse(scale == 1 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long tokens) && tokens is >= 1 and <= 100_000_000 && tokens * scale <= 100_000_000)
        {
            return tokens * scale;
        }

        scalars.Diagnostics.Error(node, "context must be a number of tokens from 1 to 100M", "Write for example 200k.");
        return null;
    }
}
