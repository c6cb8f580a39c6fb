using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>Sums up the readings of one attempt; constant memory (about 6 KiB), nothing allocated per reading.</summary>
/// <remarks>Make it with the first reading: an attempt that is over before one was taken needs none. One caller at a time.</remarks>
public sealed class FootprintMeter
{
    private readonly LevelHistogram levels = new();
    private readonly MemoryCurve curve = new();
    private TimeSpan last;
    private TimeSpan frozen;
    private long lastBytes;
    private double fastestRise;
    private Bytes peak;
    private Bytes mapped;
    private ulong executable;

    /// <summary>Readings taken so far.</summary>
    public int Readings { get; private set; }

    /// <summary>Takes a reading.</summary>
    /// <param name="age">Time since the attempt's start; never less than in the call before.</param>
    public void Add(in TaskSample sample, TimeSpan age)
    {
        TimeSpan passed = age > last ? age - last : TimeSpan.Zero;
        last = age > last ? age : last;
        if (sample.Frozen)
        {
            frozen += passed;
            return;
        }

        long bytes = Math.Max(0, sample.Resident.Value);
        if (passed > TimeSpan.Zero && bytes > lastBytes)
        {
            fastestRise = Math.Max(fastestRise, (bytes - lastBytes) / passed.TotalSeconds);
        }

        levels.Add(bytes, Math.Max(1e-3, passed.TotalSeconds), (age - frozen).TotalSeconds, sample.Cpu.TotalSeconds);
        curve.Add(age, new Bytes(bytes));
        peak = Bytes.Max(peak, new Bytes(bytes));
        mapped = Bytes.Max(mapped, sample.Mapped);
        executable = sample.Executable != 0 ? sample.Executable : executable;
        lastBytes = bytes;
        Readings++;
    }

    /// <summary>The summary of a life of this length, time frozen included; null when no reading was taken.</summary>
    public AttemptFootprint? Finish(TimeSpan age)
    {
        if (Readings == 0)
        {
            return null;
        }

        Bytes settled = Bytes.Min(levels.Quantile(0.5), peak);
        (TimeSpan after, TimeSpan cpu) = levels.Reached(settled.Value * 9 / 10);
        long middle = settled.Value + ((peak.Value - settled.Value) / 2);
        double share = peak > settled ? levels.ShareAbove(middle) : 0;
        TimeSpan duration = age > frozen ? age - frozen : TimeSpan.Zero;
        var rise = new Bytes((long)Math.Min(fastestRise, 1L << 60));
        return new AttemptFootprint(settled, peak, share, after, rise, cpu, mapped, executable, duration, Readings) { Curve = curve.ToArray() };
    }
}
