using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>What was learned about one class from 64 of its measured attempts.</summary>
/// <remarks>
/// Settled is the 90 % quantile of settled levels; settled and burst together are the 95 % quantile of peaks. Below 19 samples that quantile
/// lies above everything seen: the largest is then raised by the host's margin times the share of the 19 that is missing. Where tasks tell the size of
/// their input and memory follows it, a line takes the place of one number for all (<see cref="SizeTrend"/>).
/// </remarks>
internal sealed class ClassProfile(HostProfile host)
{
    private const int Kept = 64;
    private const int Recent = 32;
    private const int Remembered = 256;
    private const int Enough = 19;
    private const double SettledShare = 0.7;
    private const double PeakShare = 0.95;

    private readonly List<FootprintSample> samples = new(8);
    private readonly long[] scratch = new long[Kept];
    private Footprint? known;
    private SizeTrend? trend; // with known
    private TimeSpan? startCpu;

    public IReadOnlyList<FootprintSample> Samples => samples;

    public long Measured { get; private set; }

    public long Predicted { get; private set; }

    public long Exceeded { get; private set; }

    /// <summary>Samples that no <see cref="Facts.ClassLearned"/> has kept yet.</summary>
    public int Unsaved { get; private set; }

    public bool HasSamples => samples.Count > 0;

    /// <summary>What the next attempt is reckoned with, whatever its size; only with samples.</summary>
    public Footprint Footprint => known ??= Estimate();

    /// <summary>True when memory was seen to follow the size of the input.</summary>
    public bool FollowsSize => Trend is not null;

    public TimeSpan StartCpu => startCpu ??= new TimeSpan(Quantile(static sample => sample.StartCpu.Ticks, 0.5));

    public TimeSpan TimeToSettle => new(Quantile(static sample => sample.TimeToSettle.Ticks, 0.9));

    public Bytes FastestRise => new(Quantile(static sample => sample.FastestRise.Value, 0.9));

    public TimeSpan DurationQuantile(double share) => new(Quantile(static sample => sample.Duration.Ticks, share));

    /// <summary>What an attempt with an input of this size is reckoned with; only with samples.</summary>
    /// <param name="size">See <see cref="Capacity.TaskShape.Size"/>; 0 = not told.</param>
    public Footprint FootprintFor(double size)
    {
        if (size <= 0 || Trend is not { } line)
        {
            return Footprint;
        }

        long settled = line.Settled(size);
        return (Footprint with { Settled = settled, Burst = Raised(line.Peak(size)) - settled }).Rounded();
    }

    /// <summary>The peak that 95 % of attempts with an input of this size are expected not to exceed; 0 without samples.</summary>
    public long PeakFor(double size) =>
        Raised(size > 0 && Trend is { } line ? line.Peak(size) : Quantile(static sample => sample.Peak.Value, PeakShare));

    /// <summary>Takes one more attempt; false when it is known already.</summary>
    public bool Learn(in FootprintSample sample)
    {
        foreach (FootprintSample old in samples)
        {
            if (old.Fence == sample.Fence)
            {
                return false;
            }
        }

        if (samples.Count > 0)
        {
            bool exceeded = sample.Peak.Value > PeakFor(sample.Size);
            Predicted++;
            Exceeded += exceeded ? 1 : 0;
            host.Calibrate(exceeded);
        }

        Keep(sample);
        host.Learn(sample);
        Measured++;
        Unsaved++;
        known = null;
        startCpu = null;
        return true;
    }

    public ProfileSnapshot Save() => new([.. samples], Measured, Predicted, Exceeded, host.Margin);

    public void Load(ProfileSnapshot saved)
    {
        if (samples.Count == 0)
        {
            host.Learn(saved.Samples);
        }

        samples.Clear();
        samples.AddRange(saved.Samples);
        (Measured, Predicted, Exceeded, Unsaved) = (saved.Measured, saved.Predicted, saved.Exceeded, 0);
        host.Margin = saved.Margin;
        known = null;
        startCpu = null;
    }

    /// <summary>The last 32, and 32 drawn from those before them: tasks come in the order of their length, and sizes go with it.</summary>
    /// <remarks>Reservoir sampling (J. Vitter, "Random sampling with a reservoir", 1985) that forgets: nobody older than about 256 counts in full.</remarks>
    private void Keep(in FootprintSample sample)
    {
        if (samples.Count == Kept)
        {
            FootprintSample leaving = samples[Kept - Recent];
            samples.RemoveAt(Kept - Recent);
            ulong draw = (ulong)leaving.Fence * 0x9E3779B97F4A7C15UL >> 32;
            ulong place = draw % (ulong)Math.Min(Remembered, Math.Max(Kept, Measured - Recent));
            if (place < Kept - Recent)
            {
                samples[(int)place] = leaving;
            }
        }

        samples.Add(sample);
    }

    /// <summary>Null without samples, too.</summary>
    private SizeTrend? Trend
    {
        get
        {
            if (HasSamples && known is null)
            {
                known = Estimate();
            }

            return HasSamples ? trend : null;
        }
    }

    private long Raised(long peak)
    {
        double missing = Math.Max(0, 1 - (samples.Count / (double)Enough));
        return (long)Math.Min(1L << 60, peak * (1 + (host.Margin * missing)));
    }

    private Footprint Estimate()
    {
        long settled = Quantile(static sample => sample.Settled.Value, SettledShare);
        long peak = PeakFor(0);
        trend = SizeTrend.Of(samples, SettledShare, PeakShare, peak);
        FootprintSample largest = samples.MaxBy(static sample => sample.Mapped.Value);

        // One that works on the upper level of its class is in a burst all its life, as the class sees it.
        long middle = settled + ((peak - settled) / 2);
        double share = samples.Average(sample => sample.Settled.Value > middle ? 1 : sample.BurstShare);
        return new Footprint(settled, Math.Max(0, peak - settled), share, largest.Mapped.Value, largest.Executable).Rounded();
    }

    /// <summary>The (n+1) x share-th smallest, the quantile that a further sample of the same kind stays below with that probability.</summary>
    private long Quantile(Func<FootprintSample, long> value, double share)
    {
        if (samples.Count == 0)
        {
            return 0;
        }

        Span<long> sorted = scratch.AsSpan(0, samples.Count);
        for (int i = 0; i < samples.Count; i++)
        {
            sorted[i] = value(samples[i]);
        }

        sorted.Sort();
        int rank = (int)Math.Ceiling((samples.Count + 1) * share);
        return sorted[Math.Clamp(rank, 1, samples.Count) - 1];
    }
}
