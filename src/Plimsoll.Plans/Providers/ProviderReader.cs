using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads <c>providers:</c>; one with errors is kept with defaults, so that pools that name it are judged all the same.</summary>
internal sealed class ProviderReader(Scalars scalars)
{
    private static readonly string[] Keys = ["kind", "base_url", "key", "limits", "accounts", "prices", "aliases", "ca_file", "api_version", "charge", "ask_for_usage"];

    private static readonly string[] Kinds = ["anthropic", "openai", "openai-compatible", "azure"];

    private static readonly string[] Charges = ["max", "sum"];

    public static ImmutableArray<ProviderSettings> Read(Node node, Scalars scalars)
    {
        ImmutableArray<ProviderSettings>.Builder providers = ImmutableArray.CreateBuilder<ProviderSettings>();
        foreach (NodeEntry entry in scalars.Mapping(node, "providers"))
        {
            if (RouteNames.Check(entry.Key, "provider", scalars))
            {
                providers.Add(new ProviderReader(scalars).Read(entry.Key, entry.Value));
            }
        }

        return providers.ToImmutable();
    }

    private ProviderSettings Read(Node name, Node node)
    {
        IReadOnlyList<NodeEntry> entries = scalars.Mapping(node, $"provider {name.Text}");
        ProviderSettings provider = new(name.Text, Kind(name, node), new Uri("http://127.0.0.1/"), [], []);
        AccountSettings only = new(AccountReader.Only, null, []);
        foreach (NodeEntry entry in entries)
        {
            Node value = entry.Value;
            switch (entry.Key.Text)
            {
                case "kind" or "base_url":
                    break;
                case "key":
                    only = only with { Key = KeyReader.Read(value, scalars) };
                    break;
                case "limits":
                    only = only with { Quotas = QuotaReader.Read(value, scalars) };
                    break;
                case "accounts":
                    provider = provider with { Accounts = AccountReader.Read(value, scalars) };
                    break;
                case "prices":
                    provider = provider with { Prices = PriceReader.Read(value, scalars) };
                    break;
                case "aliases":
                    provider = provider with { Aliases = Aliases(value) };
                    break;
                case "ca_file":
                    provider = provider with { CaFile = scalars.Text(value, "ca_file") };
                    break;
                case "api_version":
                    provider = provider with { ApiVersion = scalars.Text(value, "api_version", 40) };
                    break;
                case "charge":
                    provider = provider with { ChargesSum = scalars.Choice(value, "charge", Charges) == "sum" };
                    break;
                case "ask_for_usage":
                    provider = provider with { AsksForUsage = scalars.Boolean(value, "ask_for_usage") ?? true };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a provider", Keys);
                    break;
            }
        }

        CheckAccounts(name, node);
        return provider with
        {
            BaseUrl = BaseUrlReader.Read(name, node, provider.Kind, scalars) ?? provider.BaseUrl,
            Accounts = provider.Accounts.IsEmpty ? [only] : provider.Accounts,
        };
    }

    // A provider named for its kind needs no kind.
    private ProviderKind Kind(Node name, Node node)
    {
        string? word = node.Find("kind") is { } written ? scalars.Choice(written, "kind", Kinds)
            : name.Text is "anthropic" or "openai" ? name.Text
            : null;
        if (word is null && node.Kind == NodeKind.Map && node.Find("kind") is null)
        {
            scalars.Diagnostics.Error(name, $"provider {name.Text} has no kind", $"Add kind: with one of {string.Join(", ", Kinds)}.");
        }

        return word switch
        {
            "openai" => ProviderKind.OpenAI,
            "openai-compatible" => ProviderKind.OpenAICompatible,
            "azure" => ProviderKind.Azure,
            _ => ProviderKind.Anthropic,
        };
    }

    private void CheckAccounts(Node name, Node node)
    {
        if (node.Find("accounts") is { } accounts && (node.Find("key") ?? node.Find("limits")) is not null)
        {
            scalars.Diagnostics.Error(accounts, null, $"provider {name.Text} has accounts and also a key or limits of its own", "Write key: and limits: at each account.");
        }
    }

    private ImmutableDictionary<string, string> Aliases(Node node)
    {
        ImmutableDictionary<string, string> aliases = ImmutableDictionary<string, string>.Empty;
        foreach (NodeEntry entry in scalars.Mapping(node, "aliases"))
        {
            if (PatternReader.Read(entry.Value, scalars) is { } model)
            {
                aliases = aliases.SetItem(entry.Key.Text, model);
            }
        }

        return aliases;
    }
}
