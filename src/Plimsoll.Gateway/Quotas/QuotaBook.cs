using System.Collections.Concurrent;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Gateway.Quotas;

/// <summary>The quotas of one account, by model.</summary>
internal sealed class QuotaBook(ProviderSettings provider, AccountSettings account, PriceBook prices, GatewayClock clock) : IDisposable
{
    /// <summary>Names of models come from clients: beyond this many, all share one quota.</summary>
    private const int MostClasses = 256;

    /// <summary>Stands for a model whose name is not known, and for all beyond the bound.</summary>
    public const string AnyModel = "*";

    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<string, Quota> byModel = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Quota> byClass = new(StringComparer.Ordinal);

    /// <summary>All quotas in use.</summary>
    public IReadOnlyList<Quota> All
    {
        get
        {
            lock (gate)
                return [.. byClass.Values];
        }
    }

    public Quota Of(string model) => byModel.TryGetValue(model, out Quota? quota) ? quota : Make(model);

    public void Dispose()
    {
        foreach (Quota quota in All)
        {
            quota.Dispose();
        }
    }

    private Quota Make(string model)
    {
        QuotaSettings? settings = ModelPattern.Best(account.Quotas, setting => setting.Models, model)
            ?? (model == AnyModel ? account.Quotas.FirstOrDefault() : null);
        lock (gate)
        {
            string name = settings?.Models ?? (byClass.Count < MostClasses ? model : AnyModel);
            if (!byClass.TryGetValue(name, out Quota? quota))
            {
                quota = new(name, new(provider.Kind, settings, clock.Now), new(provider, prices), clock);
                byClass.Add(name, quota);
            }

            if (byModel.Count < 4 * MostClasses)
            {
                byModel.TryAdd(model, quota);
            }

            return quota;
        }
    }
}
