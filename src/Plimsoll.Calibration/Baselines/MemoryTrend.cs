using Plimsoll.Calibration.Statistics;
using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Baselines;

/// <summary>Whether a job's memory creeps upwards once it has settled.</summary>
/// <param name="BytesPerHour">Below 0 where it falls.</param>
/// <param name="IsLeak">It rises steadily, and by more than a twentieth of what it settled at over its life.</param>
public readonly record struct MemoryTrend(double BytesPerHour, bool IsLeak)
{
    private const int LeastPoints = 6;
    private const int MostPoints = 600;
    private const double LeastAgreement = 0.5;
    private const double LeastGrowth = 0.05;

    public static MemoryTrend Of(TrialResult result)
    {
        TrialPoint[] settled = [.. result.Points.Where(point => point.Seconds >= (result.SettleSeconds ?? 0))];
        if (settled.Length < LeastPoints)
        {
            return default;
        }

        int step = 1 + (settled.Length / MostPoints);
        (double X, double Y)[] points = [.. settled.Where((_, at) => at % step == 0).Select(static point => (point.Seconds, (double)point.Bytes))];
        double slope = Sample.Slope(points, out double agreement);
        double grown = slope * (settled[^1].Seconds - settled[0].Seconds);
        return new MemoryTrend(slope * 3600, agreement >= LeastAgreement && grown > LeastGrowth * Math.Max(1, Sample.Median(points.Select(static point => point.Y))));
    }
}
