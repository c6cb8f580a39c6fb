using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads the mappings under <c>gateway:</c>.</summary>
internal static class GatewayReader
{
    private static readonly string[] CacheKeys = ["routes", "entries", "ttl", "size"];
    private static readonly string[] Routes = ["messages", "chat/completions", "responses", "embeddings"];
    private static readonly string[] BatchingKeys = ["requests", "window"];
    private static readonly string[] BudgetKeys = ["per_task", "per_run", "per_day"];
    private static readonly string[] InboundKeys = ["key", "limit", "priority", "weight"];

    public static CacheSettings Cache(Node node, Scalars scalars)
    {
        CacheSettings cache = CacheSettings.Default;
        if (IsOff(node))
        {
            return cache with { Routes = [] };
        }

        foreach (NodeEntry entry in scalars.Mapping(node, "gateway.cache"))
        {
            switch (entry.Key.Text)
            {
                case "routes":
                    cache = cache with { Routes = [.. scalars.OneOrMore(entry.Value, "routes").Select(one => scalars.Choice(one, "a route", Routes)).OfType<string>()] };
                    break;
                case "entries":
                    cache = cache with { Entries = scalars.Integer(entry.Value, "entries", 1, 10_000_000) ?? cache.Entries };
                    break;
                case "ttl":
                    cache = cache with { TimeToLive = scalars.Duration(entry.Value, "ttl") ?? cache.TimeToLive };
                    break;
                case "size":
                    cache = cache with { Size = scalars.Size(entry.Value, "size") ?? cache.Size };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "gateway.cache", CacheKeys);
                    break;
            }
        }

        return cache;
    }

    public static BatchingSettings Batching(Node node, Scalars scalars)
    {
        BatchingSettings batching = BatchingSettings.Default;
        if (IsOff(node))
        {
            return batching with { Requests = 1 };
        }

        foreach (NodeEntry entry in scalars.Mapping(node, "gateway.batching"))
        {
            switch (entry.Key.Text)
            {
                case "requests":
                    batching = batching with { Requests = scalars.Integer(entry.Value, "requests", 1, 2048) ?? batching.Requests };
                    break;
                case "window":
                    batching = batching with { Window = Window(entry.Value, scalars) ?? batching.Window };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "gateway.batching", BatchingKeys);
                    break;
            }
        }

        return batching;
    }

    public static BudgetSettings Budgets(Node node, Scalars scalars)
    {
        BudgetSettings budgets = new();
        foreach (NodeEntry entry in scalars.Mapping(node, "gateway.budgets"))
        {
            switch (entry.Key.Text)
            {
                case "per_task":
                    budgets = budgets with { PerTask = RateReader.Dollars(entry.Value, "per_task", scalars) };
                    break;
                case "per_run":
                    budgets = budgets with { PerRun = RateReader.Dollars(entry.Value, "per_run", scalars) };
                    break;
                case "per_day":
                    budgets = budgets with { PerDay = RateReader.Dollars(entry.Value, "per_day", scalars) };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "gateway.budgets", BudgetKeys);
                    break;
            }
        }

        return budgets;
    }

    public static ImmutableArray<InboundKeySettings> Keys(Node node, Scalars scalars)
    {
        List<InboundKeySettings> keys = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "gateway.keys"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a key", Names.IdRule);
            }
            else if (Inbound(entry, scalars) is { } key)
            {
                if (keys.Find(one => one.Key == key.Key) is { } first)
                {
                    scalars.Diagnostics.Error(entry.Key, $"the key is the same as that of {first.Name}, so nobody could tell them apart", "Give it a variable or file of its own.");
                }

                keys.Add(key);
            }
        }

        return [.. keys];
    }

    private static InboundKeySettings? Inbound(NodeEntry named, Scalars scalars)
    {
        string name = named.Key.Text;
        InboundKeySettings key = new(name, new KeySource(null, null), null);
        foreach (NodeEntry entry in scalars.Mapping(named.Value, $"key {name}"))
        {
            switch (entry.Key.Text)
            {
                case "key":
                    key = key with { Key = KeyReader.Read(entry.Value, scalars) ?? new KeySource(null, name) };
                    break;
                case "limit":
                    key = key with { Policy = LimitReader.Read(entry.Value, "limit", scalars) };
                    break;
                case "priority":
                    key = key with { Priority = scalars.Integer(entry.Value, "priority", -1_000_000, 1_000_000) ?? 0 };
                    break;
                case "weight":
                    key = key with { Weight = scalars.Number(entry.Value, "weight", 0.001, 1000) ?? 1 };
                    break;
                default:
                    scalars.UnknownKey(entry.Key, "a key", InboundKeys);
                    break;
            }
        }

        if (key.Key is { Variable: null, File: null } && named.Value.Kind == NodeKind.Map)
        {
            scalars.Diagnostics.Error(named.Key, $"key {name} does not say where it is read", "Add key: {from: VARIABLE} or key: {file: PATH}.");
            return null;
        }

        return key;
    }

    private static TimeSpan? Window(Node node, Scalars scalars)
    {
        TimeSpan? window = scalars.Duration(node, "window");
        if (!(window > TimeSpan.FromSeconds(10)))
        {
            return window;
        }

        scalars.Diagnostics.Error(node, "window must be at most 10s, because the first request waits that long", "Write for example 5ms.");
        return null;
    }

    private static bool IsOff(Node node) => node is { Kind: NodeKind.Scalar, Text: "off" or "false" };
}
