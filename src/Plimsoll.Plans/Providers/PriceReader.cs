using System.Collections.Immutable;
using Plimsoll.Core.Providers;
using Plimsoll.Plans.Reading;

namespace Plimsoll.Plans.Providers;

/// <summary>Reads what a million tokens cost, per model pattern.</summary>
internal static class PriceReader
{
    // Dollars per million tokens; ten times the dearest model known is a typing error.
    private const double Dearest = 10_000;

    private static readonly string[] Keys = ["input", "output", "cache_read", "cache_write"];

    public static ImmutableArray<PriceSettings> Read(Node node, Scalars scalars)
    {
        List<PriceSettings> prices = [];
        foreach (NodeEntry entry in scalars.Mapping(node, "prices"))
        {
            if (PatternReader.Read(entry.Key, scalars) is not { } pattern)
            {
                continue;
            }

            PriceSettings price = new(pattern, 0, 0);
            foreach (NodeEntry part in scalars.Mapping(entry.Value, $"the price of {pattern}"))
            {
                decimal dollars() => (decimal)(scalars.Number(part.Value, $"{part.Key.Text} (US dollars for a million tokens)", 0, Dearest) ?? 0);
                switch (part.Key.Text)
                {
                    case "input":
                        price = price with { Input = dollars() };
                        break;
                    case "output":
                        price = price with { Output = dollars() };
                        break;
                    case "cache_read":
                        price = price with { CacheRead = dollars() };
                        break;
                    case "cache_write":
                        price = price with { CacheWrite = dollars() };
                        break;
                    default:
                        scalars.UnknownKey(part.Key, "a price", Keys);
                        break;
                }
            }

            prices.Add(price);
        }

        return [.. prices];
    }
}
