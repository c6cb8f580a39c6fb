using System.Collections.Immutable;
using Plimsoll.Core.Limits;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads named limits of services outside: a token bucket, or a sliding window.</summary>
internal static class LimitReader
{
    public const string Schema = """{"type":"object","additionalProperties":false,"properties":{"token_bucket":{"$ref":"#/$defs/rate"},"burst":{"type":"integer","minimum":1,"maximum":1000000},"sliding_window":{"$ref":"#/$defs/rate"}}}""";

    public const int MostUnits = 1_000_000;

    private static readonly string[] Keys = ["token_bucket", "burst", "sliding_window"];

    /// <summary>Top-level <c>limits:</c>, a policy per name.</summary>
    public static ImmutableDictionary<string, LimitPolicy> ReadAll(Node node, Scalars scalars)
    {
        ImmutableDictionary<string, LimitPolicy>.Builder limits = ImmutableDictionary.CreateBuilder<string, LimitPolicy>(StringComparer.Ordinal);
        foreach (NodeEntry entry in scalars.Mapping(node, "limits"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a limit", Names.IdRule);
            }
            else if (Read(entry.Value, $"limit {entry.Key.Text}", scalars) is { } policy)
            {
                limits[entry.Key.Text] = policy;
            }
        }

        return limits.ToImmutable();
    }

    /// <summary>One policy, or null after saying what is wrong.</summary>
    public static LimitPolicy? Read(Node node, string what, Scalars scalars)
    {
        Rate? bucket = null;
        Rate? window = null;
        int? burst = null;
        int errors = 0;
        foreach (NodeEntry entry in scalars.Mapping(node, what))
        {
            switch (entry.Key.Text)
            {
                case "token_bucket":
                    errors += (bucket = RateReader.Read(entry.Value, "token_bucket", "min", scalars)) is null ? 1 : 0;
                    break;
                case "sliding_window":
                    errors += (window = RateReader.Read(entry.Value, "sliding_window", "min", scalars)) is null ? 1 : 0;
                    break;
                case "burst":
                    errors += (burst = scalars.Integer(entry.Value, "burst", 1, MostUnits)) is null ? 1 : 0;
                    break;
                default:
                    scalars.UnknownKey(entry.Key, what, Keys);
                    errors++;
                    break;
            }
        }

        if (errors > 0 || node.Kind != NodeKind.Map)
        {
            return null;
        }

        if (bucket is null == window is null)
        {
            scalars.Diagnostics.Error(node, bucket is null ? $"{what} says neither token_bucket nor sliding_window" : $"{what} says both token_bucket and sliding_window", "Write {token_bucket: 60/min, burst: 10} or {sliding_window: 100/10s}.");
            return null;
        }

        if (window is not null && burst is not null)
        {
            scalars.Diagnostics.Error(node, $"{what} has a burst, and a sliding window has none", "Remove burst:, or write token_bucket: for a bucket.");
            return null;
        }

        // A bucket nobody sized holds one second, as servers that check every second do.
        return window is { } rate ? new LimitPolicy(rate, null) : new LimitPolicy(bucket!.Value, burst ?? Math.Max(1, bucket.Value.UnitsIn(TimeSpan.FromSeconds(1))));
    }
}
