using System.Collections.Immutable;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads the limits of an account: <c>auto</c>, one set for all models, or a set per model pattern.</summary>
internal static class QuotaReader
{
    private const int MostConcurrent = 100_000;

    private static readonly string[] Keys = ["rpm", "itpm", "otpm", "tpm", "rpd", "concurrency", "usd"];

    public static ImmutableArray<QuotaSettings> Read(Node node, Scalars scalars)
    {
        if (node is { Kind: NodeKind.Scalar, Text: "auto" })
        {
            return [];
        }

        if (node.Kind != NodeKind.Map)
        {
            scalars.Diagnostics.Error(node, "limits must be auto or a mapping", "Write limits: auto, limits: {rpm: 1000, itpm: 2M}, or a set per model: limits: {\"claude-*\": {rpm: 1000}}.");
            return [];
        }

        List<QuotaSettings> quotas = [];
        QuotaSettings all = new("*");
        foreach (NodeEntry entry in node.Entries)
        {
            if (entry.Value.Kind != NodeKind.Map)
            {
                all = Limit(all, entry, scalars);
            }
            else if (PatternReader.Read(entry.Key, scalars) is { } pattern)
            {
                quotas.Add(entry.Value.Entries.Aggregate(new QuotaSettings(pattern), (quota, limit) => Limit(quota, limit, scalars)));
            }
        }

        if (all != new QuotaSettings("*"))
        {
            if (quotas.Exists(quota => quota.Models == "*"))
            {
                scalars.Diagnostics.Error(node, "the limits of all models are written twice", "Write them either beside the models or under \"*\".");
            }

            quotas.Add(all);
        }

        return [.. quotas];
    }

    private static QuotaSettings Limit(QuotaSettings quota, NodeEntry entry, Scalars scalars)
    {
        Node value = entry.Value;
        switch (entry.Key.Text)
        {
            case "rpm":
                return quota with { Requests = PerMinute() };
            case "itpm":
                return quota with { InputTokens = PerMinute() };
            case "otpm":
                return quota with { OutputTokens = PerMinute() };
            case "tpm":
                return quota with { TotalTokens = PerMinute() };
            case "rpd":
                return quota with { DailyRequests = RateReader.Read(value, "rpd", "d", scalars) };
            case "concurrency":
                return quota with { Concurrency = scalars.Integer(value, "concurrency", 1, MostConcurrent) };
            case "usd":
                return quota with { MicroDollars = RateReader.DollarRate(value, "usd", scalars) };
            default:
                scalars.UnknownKey(entry.Key, "limits", Keys, Nearest.Find(entry.Key.Text, Keys) is null ? $"Known: {string.Join(", ", Keys)}; or a model pattern with a mapping of those." : null);
                return quota;
        }

        Rate? PerMinute() => RateReader.Read(value, entry.Key.Text, "min", scalars);
    }
}
