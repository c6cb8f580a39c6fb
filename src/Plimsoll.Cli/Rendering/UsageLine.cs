using System.Globalization;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Rendering;

/// <summary>What was used of models, for people.</summary>
internal static class UsageLine
{
    private const double Kilo = 1000;

    /// <summary>For a column: <c>12 calls, 34k tokens, $0.12</c>.</summary>
    public static string Short(ModelUsageView? usage) => usage is null ? ""
        : $"{Figures.Count(usage.Calls, "call", "calls")}, {Amount(usage.InputTokens + usage.CachedTokens + usage.OutputTokens)} tokens{Money(usage)}";

    /// <summary>Everything, in one line.</summary>
    public static string Long(ModelUsageView usage)
    {
        string cached = usage.CachedTokens > 0 ? $" and {Amount(usage.CachedTokens)} from the cache" : "";
        string refused = usage.Refusals > 0 ? $"; {Figures.Count(usage.Refusals, "refusal", "refusals")} of providers kept from it" : "";
        string queued = usage.QueuedSeconds >= 0.05 ? $"; {Figures.Duration(usage.QueuedSeconds)} waited for quota" : "";
        return $"{Figures.Count(usage.Calls, "call", "calls")}, {Amount(usage.InputTokens)} tokens in{cached}, {Amount(usage.OutputTokens)} out{Money(usage)}{refused}{queued}";
    }

    private static string Money(ModelUsageView usage) =>
        usage.Dollars <= 0 ? "" : ", $" + usage.Dollars.ToString(usage.Dollars < 0.095 ? "0.0###" : "#,0.00", CultureInfo.InvariantCulture);

    private static string Amount(long tokens) => tokens switch
    {
        < 10_000 => tokens.ToString("#,0", CultureInfo.InvariantCulture),
        < 1_000_000 => (tokens / Kilo).ToString("0.#", CultureInfo.InvariantCulture) + "k",
        _ => (tokens / (Kilo * Kilo)).ToString("#,0.##", CultureInfo.InvariantCulture) + "M",
    };
}
