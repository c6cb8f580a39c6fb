namespace Plimsoll.Calibration.Recommendations;

/// <summary>What one job needs, as it was measured.</summary>
/// <param name="BurstShare">Share of its life in which it holds more than <paramref name="SettledBytes"/>.</param>
/// <param name="MinimumBytes">Smallest memory limit under which it does its work.</param>
public sealed record JobNeeds(long PeakBytes, long SettledBytes, double BurstShare, long MinimumBytes, double WallSeconds, double MeanCores)
{
    private const double Margin = 1.1;
    private const long Step = 16L << 20;

    /// <summary>The limit to write down: the minimum and a tenth, in steps of 16 MiB.</summary>
    public long LimitBytes => (long)Math.Ceiling(Math.Max(MinimumBytes, 1) * Margin / Step) * Step;
}
