using System.Collections.Immutable;
using Plimsoll.Core.Footprints;

namespace Plimsoll.Calibration.Simulation.Loads;

/// <summary>What one task truly does: its life when nothing is in its way, and what it holds meanwhile.</summary>
/// <param name="SettledBytes">Held from its start on, after a rise of 1 GiB a second.</param>
/// <param name="BurstBytes">Held above that between two shares of its life.</param>
/// <param name="Failures">Attempts that fail before one succeeds; <see cref="Never"/> = all.</param>
public readonly record struct SimulatedWork(float Seconds, long SettledBytes, long BurstBytes, float BurstFrom, float BurstUntil, int Failures)
{
    public const int Never = int.MaxValue;
    private const double RisePerSecond = 1L << 30;
    private const double FirstReading = 0.05;

    /// <summary>A recorded curve instead of the two levels; empty = none.</summary>
    public ImmutableArray<MemoryPoint> Curve { get; init; }

    public long PeakBytes => HasCurve ? Curve.Max(static point => point.Resident.Value) : SettledBytes + BurstBytes;

    private bool HasCurve => !Curve.IsDefaultOrEmpty;

    public static SimulatedWork Flat(float seconds, long bytes) => new(seconds, bytes, 0, 0, 0, 0);

    /// <summary>What it holds at an age.</summary>
    public long BytesAt(double age)
    {
        if (HasCurve)
        {
            return CurveAt(age);
        }

        long target = SettledBytes + (age >= BurstFrom * Seconds && age < BurstUntil * Seconds ? BurstBytes : 0);
        double since = BurstBytes > 0 && age >= BurstFrom * Seconds && BurstFrom > 0 ? age - (BurstFrom * Seconds) : age;
        double risen = (since + FirstReading) * RisePerSecond;
        long floor = since == age ? 0 : SettledBytes;
        return (long)Math.Min(target, floor + Math.Min(risen, 1L << 60));
    }

    /// <summary>Seconds for which what it holds stays as it is; 0 while it rises or falls.</summary>
    public double SteadyFor(double age)
    {
        if (HasCurve)
        {
            return 0;
        }

        if (BytesAt(age) < SettledBytes)
        {
            return 0;
        }

        double from = BurstFrom * Seconds, until = BurstUntil * Seconds;
        return BurstBytes == 0 || age >= until ? Math.Max(0, Seconds - age)
            : age < from ? from - age
            : BytesAt(age) >= SettledBytes + BurstBytes ? until - age : 0;
    }

    /// <summary>Memory times time.</summary>
    public double ByteSeconds()
    {
        if (!HasCurve)
        {
            return ((double)SettledBytes * Seconds) + ((double)BurstBytes * Math.Max(0, BurstUntil - BurstFrom) * Seconds);
        }

        double sum = 0;
        for (int i = 0; i < Curve.Length; i++)
        {
            double until = i + 1 < Curve.Length ? Curve[i + 1].At.TotalSeconds : Seconds;
            sum += Math.Max(0, until - Curve[i].At.TotalSeconds) * Curve[i].Resident.Value;
        }

        return sum;
    }

    /// <summary>The last point that has come.</summary>
    private long CurveAt(double age)
    {
        int low = 0, high = Curve.Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = Curve[middle].At.TotalSeconds <= age ? (middle, high) : (low, middle - 1);
        }

        return Curve[low].Resident.Value;
    }
}
