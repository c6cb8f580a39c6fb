namespace Plimsoll.Core.Admission;

/// <summary>Sums over the live attempts that admission compares; added and subtracted as attempts come, go and are measured.</summary>
/// <param name="Held">Sum of c, what they count for, in bytes.</param>
/// <param name="Headroom">Sum of h, what each may still burst by.</param>
/// <param name="Expected">Sum of p x h.</param>
/// <param name="Variance">Sum of p (1 - p) x h squared.</param>
internal readonly record struct BurstPool(long Held, long Headroom, double Expected, double Variance)
{
    /// <summary>Standard deviations above the mean. Turn-taking takes care of the rest, see docs/decisions/0008-the-load-line.md.</summary>
    private const double Deviations = 0.75;

    public static BurstPool operator +(BurstPool left, BurstPool right) =>
        new(left.Held + right.Held, left.Headroom + right.Headroom, left.Expected + right.Expected, left.Variance + right.Variance);

    public static BurstPool operator -(BurstPool left, BurstPool right) =>
        new(left.Held - right.Held, left.Headroom - right.Headroom, left.Expected - right.Expected, left.Variance - right.Variance);

    /// <summary>One attempt that counts for <paramref name="held"/> and may burst by <paramref name="headroom"/> for a share of its life.</summary>
    public static BurstPool Of(long held, long headroom, double share) =>
        new(held, headroom, share * headroom, share * (1 - share) * headroom * headroom);

    /// <summary>B: what bursts are expected to need together, at least the largest of them and at most all.</summary>
    public long Bytes(long largest) =>
        (long)Math.Min(Headroom, Math.Max(largest, Expected + (Deviations * Math.Sqrt(Math.Max(0, Variance)))));
}
