using System.Collections.Concurrent;
using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Gateway.Providers;

namespace Plimsoll.Gateway.Quotas;

/// <summary>What answers cost, in millionths of a US dollar; models without a price cost nothing.</summary>
/// <remarks>A price is in dollars per million tokens, which is millionths of a dollar per token.</remarks>
internal sealed class PriceBook(ImmutableArray<PriceSettings> prices)
{
    private const int MostKept = 1024;

    private readonly ConcurrentDictionary<string, PriceSettings?> known = new(StringComparer.Ordinal);

    public long CostOf(string? model, TokenCounts tokens)
    {
        if (prices.IsEmpty || model is null || PriceOf(model) is not { } price)
        {
            return 0;
        }

        decimal cost = (tokens.Input * price.Input) + (tokens.CacheWrite * price.CacheWrite) + (tokens.CacheRead * price.CacheRead) + (tokens.Output * price.Output);
        return (long)Math.Ceiling(cost);
    }

    private PriceSettings? PriceOf(string model)
    {
        if (!known.TryGetValue(model, out PriceSettings? price))
        {
            price = ModelPattern.Best(prices, setting => setting.Models, model);
            if (known.Count < MostKept)
            {
                known.TryAdd(model, price);
            }
        }

        return price;
    }
}
