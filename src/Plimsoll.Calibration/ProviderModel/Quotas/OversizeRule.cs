namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>The level a quota must have for a request, in tokens x ticks per minute.</summary>
internal static class OversizeRule
{
    /// <summary>Ticks per minute: with it as denominator a refill of n tokens per minute adds exactly n units per tick.</summary>
    public const long UnitsPerToken = TimeSpan.TicksPerMinute;

    /// <summary>Needed units; null = no level is enough.</summary>
    /// <param name="amount">Tokens or requests; 0 asks only for a level above zero.</param>
    /// <param name="perPeriod">Limit, tokens per minute or per the period of <paramref name="unitsPerToken"/>.</param>
    /// <param name="capacity">Units of a full bucket.</param>
    /// <param name="unitsPerToken">Ticks of the period.</param>
    public static Int128? Needed(OversizePolicy policy, long amount, long perPeriod, Int128 capacity, long unitsPerToken = UnitsPerToken)
    {
        Int128 units = (Int128)amount * unitsPerToken;
        if (units <= capacity)
            return Int128.Max(1, units);

        return policy switch
        {
            OversizePolicy.Debt => 1,
            OversizePolicy.Refused when amount > perPeriod => null,
            _ => capacity,
        };
    }
}
