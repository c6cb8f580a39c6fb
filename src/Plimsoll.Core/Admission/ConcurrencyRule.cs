using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Admission;

/// <summary>The number of tasks that a node may run at once under each <c>concurrency:</c> policy.</summary>
/// <remarks>
/// "Free" and "available" mean memory that would be free without our own tasks: sample free + tasks. Counting what running tasks hold as
/// gone would count it twice, once here and once as their number.
/// </remarks>
internal static class ConcurrencyRule
{
    private const long Gibibyte = 1L << 30;

    /// <summary>Total memory and the reserve the rule <c>reserve</c> keeps for the host, in GiB; linear between.</summary>
    private static readonly (double Total, double Reserve)[] DefaultReserves = [(0, 8), (16, 8), (32, 16), (64, 32), (128, 80)];

    /// <summary>The limit, or <see cref="int.MaxValue"/> when only memory limits.</summary>
    public static int Limit(KernelLimits limits, MemorySample? sample)
    {
        Bytes? total = limits.Node.Memory ?? sample?.Limit;
        Bytes? available = limits.Node.Memory ?? (sample is { } read ? read.Free + read.Tasks : null);

        // With nothing to judge memory by, one at a time unless the user said how many.
        return limits.Concurrency switch
        {
            FixedConcurrency rule => rule.Count,
            TiersConcurrency rule => available is { } free ? Math.Min(Tier(free), rule.Maximum ?? int.MaxValue) : rule.Maximum ?? 1,
            FormulaConcurrency rule => available is { } free ? Formula(free, rule.PerTask, rule.Max) : 1,
            ReserveConcurrency rule => total is { } all
                ? Math.Min(Reserve(all, rule), rule.Requested ?? int.MaxValue)
                : rule.Requested ?? 1,
            ConcurrencyPolicy rule => rule.Maximum ?? (available is null ? 1 : int.MaxValue),
        };
    }

    public static int Tier(Bytes free) => free.Value switch
    {
        < 2 * Gibibyte => 1,
        < 4 * Gibibyte => 2,
        < 6 * Gibibyte => 4,
        <= 8 * Gibibyte => 6,
        _ => 8,
    };

    public static int Formula(Bytes available, Bytes perTask, int maximum) =>
        Math.Max(1, Math.Min(maximum, Whole(available, perTask)));

    public static int Reserve(Bytes total, ReserveConcurrency rule) =>
        Math.Max(1, Whole(total - (rule.Reserve ?? DefaultReserve(total)), rule.PerTask));

    /// <summary>8 GB up to 16 GB total, 16 at 32, 32 at 64, 80 at 128, linear between and beyond.</summary>
    public static Bytes DefaultReserve(Bytes total)
    {
        double gibibytes = total.Value / (double)Gibibyte;
        int upper = 1;
        while (upper < DefaultReserves.Length - 1 && DefaultReserves[upper].Total < gibibytes)
        {
            upper++;
        }

        (double fromTotal, double fromReserve) = DefaultReserves[upper - 1];
        (double toTotal, double toReserve) = DefaultReserves[upper];
        double reserve = fromReserve + ((gibibytes - fromTotal) / (toTotal - fromTotal) * (toReserve - fromReserve));
        return new Bytes((long)(reserve * Gibibyte));
    }

    private static int Whole(Bytes amount, Bytes each) =>
        amount.Value <= 0 ? 0 : (int)Math.Min(int.MaxValue, amount.Value / Math.Max(1, each.Value));
}
