using System.Globalization;

namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>Memory of a job over its life, ascending in time.</summary>
internal sealed record MemoryCurve(IReadOnlyList<MemoryPoint> Points)
{
    private const double RampBytesPerSecond = 1 << 30;
    private const int Teeth = 4;

    public double Seconds => Points[^1].Seconds;

    public long PeakBytes => Points.Max(point => point.Bytes);

    /// <summary>Memory times time.</summary>
    public double ByteSeconds => Points.Zip(Points.Skip(1), (from, to) => (to.Seconds - from.Seconds) * (from.Bytes + to.Bytes) / 2.0).Sum();

    /// <summary>The curve of a kind of job with this peak and this life.</summary>
    public static MemoryCurve Of(JobKind kind, long peak, double seconds) => kind switch
    {
        JobKind.Sawtooth => Sawtooth(peak, seconds),
        JobKind.LateBurst => new(
        [
            At(0, peak, 0.35), At(0.75 * seconds, peak, 0.35), At((0.75 * seconds) + 0.2, peak, 1),
            At(0.92 * seconds, peak, 1), At((0.92 * seconds) + 0.05, peak, 0.4), At(seconds, peak, 0.4),
        ]),
        JobKind.Leak => new([At(0, peak, 0.25), At(seconds, peak, 1)]),
        JobKind.Ramp => new(
        [
            At(0, peak, 0.2), At(0.3 * seconds, peak, 0.2),
            At((0.3 * seconds) + Math.Min(0.3 * seconds, 0.8 * peak / RampBytesPerSecond), peak, 1), At(seconds, peak, 1),
        ]),
        JobKind.SlowStarter => new([At(0, peak, 0.2), At(0.5 * seconds, peak, 0.2), At(0.7 * seconds, peak, 1), At(seconds, peak, 1)]),
        JobKind.PageCacheHog => new([At(0, peak, 0.4), At(seconds, peak, 0.4)]),
        _ => new([At(0, peak, 1), At(seconds, peak, 1)]),
    };

    /// <summary>What is left of it when so many bytes are taken off.</summary>
    public MemoryCurve Without(long bytes) => new([.. Points.Select(point => point with { Bytes = Math.Max(0, point.Bytes - bytes) })]);

    /// <summary>As <c>plimsoll burn --curve</c> reads it.</summary>
    public override string ToString() =>
        string.Join(',', Points.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Seconds:0.###}:{point.Bytes / 1024}K")));

    private static MemoryCurve Sawtooth(long peak, double seconds)
    {
        List<MemoryPoint> points = [At(0, peak, 0.4)];
        double tooth = seconds / Teeth;
        for (int at = 0; at < Teeth; at++)
        {
            points.Add(At((at + 0.8) * tooth, peak, 1));
            points.Add(At((at + 1) * tooth, peak, 0.4));
        }

        return new(points);
    }

    private static MemoryPoint At(double seconds, long peak, double share) => new(seconds, (long)(share * peak));
}
