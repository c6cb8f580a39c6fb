using System.Collections.Immutable;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Balancing;
using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Gateway.Hosting;

/// <summary>Shows the quotas of all accounts to the kernel and to people.</summary>
internal static class QuotaView
{
    public static GatewaySnapshot Snapshot(IEnumerable<Account> accounts) =>
        new([.. accounts.SelectMany(account => account.Quotas.All.Select(quota => quota.Snapshot(account.Provider.Name, account.Name)))]);

    /// <summary>Per provider the sum over its accounts; of the classes of an account the one that feeds fewest counts.</summary>
    public static ImmutableArray<QuotaFeed> Feeds(IEnumerable<Account> accounts)
    {
        ImmutableArray<QuotaFeed>.Builder feeds = ImmutableArray.CreateBuilder<QuotaFeed>();
        foreach (IGrouping<string, Account> provider in accounts.GroupBy(account => account.Provider.Name, StringComparer.Ordinal))
        {
            int? sum = 0;
            QuotaFeed worst = new(provider.Key, null, 0, 0, "");
            foreach (Account account in provider)
            {
                int? fewest = null;
                foreach (Quota quota in account.Quotas.All)
                {
                    (int? fed, double queue, double used, Dimension? binding) = quota.Feed();
                    fewest = fed is { } known && (fewest is null || known < fewest) ? known : fewest;
                    worst = queue > worst.QueueSeconds || (queue == worst.QueueSeconds && used > worst.Used)
                        ? worst with { QueueSeconds = queue, Used = used, Binding = Word(binding) }
                        : worst;
                }

                sum = sum is { } so && fewest is { } more ? so + more : null;
            }

            feeds.Add(worst with { Feeds = sum });
        }

        return feeds.ToImmutable();
    }

    private static string Word(Dimension? dimension) => dimension switch
    {
        Dimension.Requests => "requests",
        Dimension.InputTokens => "input tokens",
        Dimension.OutputTokens => "output tokens",
        Dimension.TotalTokens => "tokens",
        Dimension.DailyRequests => "requests per day",
        Dimension.Concurrency => "requests in flight",
        Dimension.Money => "money",
        _ => "",
    };
}
