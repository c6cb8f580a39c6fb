using System.Collections.Immutable;
using Plimsoll.Core.Limits;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Gateway.Hosting;
using Plimsoll.Watch.Samples;

namespace Plimsoll.Daemon.Watching;

/// <summary>Reads the levels of model providers: of several accounts of one provider the fullest counts.</summary>
internal static class GatewayReadings
{
    private const int Most = 64;

    public static ImmutableArray<QuotaReading> Of(GatewayLink? gateway)
    {
        if (gateway is null)
        {
            return [];
        }

        Dictionary<string, double> waits = gateway.Feeds.ToDictionary(static feed => feed.Provider, static feed => feed.QueueSeconds, StringComparer.Ordinal);
        return [.. gateway.Snapshot().Quotas
            .SelectMany(static quota => quota.Levels.Select(level => (Quota: quota, Level: level)))
            .GroupBy(static one => (one.Quota.Provider, one.Level.Dimension))
            .Take(Most)
            .Select(group => new QuotaReading(
                group.Key.Provider,
                Word(group.Key.Dimension),
                group.Max(static one => Used(one.Level)),
                group.Sum(static one => one.Quota.Waiting),
                TimeSpan.FromSeconds(Math.Min(waits.GetValueOrDefault(group.Key.Provider), 1e9)),
                group.Sum(static one => one.Quota.Refusals)))];
    }

    private static double Used(LevelSnapshot level) => level.PerMinute <= 0 ? 0 : Math.Clamp(1 - (level.Remaining / level.PerMinute), 0, 1);

    private static string Word(Dimension dimension) => dimension switch
    {
        Dimension.Requests => "requests",
        Dimension.InputTokens => "input tokens",
        Dimension.OutputTokens => "output tokens",
        Dimension.TotalTokens => "tokens",
        Dimension.DailyRequests => "requests per day",
        Dimension.Concurrency => "requests in flight",
        _ => "money",
    };
}
