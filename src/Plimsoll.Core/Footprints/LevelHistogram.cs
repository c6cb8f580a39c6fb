using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>How long an amount of memory was held, by eighths of an octave from 64 KiB to 4 TiB; fixed size.</summary>
internal sealed class LevelHistogram
{
    private const int PerOctave = 8;
    private const int LeastBits = 16;
    private const int Levels = 26 * PerOctave;

    private readonly float[] seconds = new float[Levels];
    private readonly double[] byteSeconds = new double[Levels];
    private readonly float[] reachedAfter = new float[Levels];
    private readonly float[] reachedWithCpu = new float[Levels];
    private int highest = -1;

    /// <summary>Time counted so far.</summary>
    public double TotalSeconds { get; private set; }

    public void Add(long bytes, double forSeconds, double after, double cpu)
    {
        int level = LevelOf(bytes);
        seconds[level] += (float)forSeconds;
        byteSeconds[level] += bytes * forSeconds;
        TotalSeconds += forSeconds;
        for (; highest < level; highest++)
        {
            reachedAfter[highest + 1] = (float)after;
            reachedWithCpu[highest + 1] = (float)cpu;
        }
    }

    /// <summary>The amount that was not exceeded for this share of the time.</summary>
    public Bytes Quantile(double share)
    {
        double left = share * TotalSeconds;
        int level = 0;
        for (int i = 0; i <= highest; i++)
        {
            if (seconds[i] > 0)
            {
                level = i;
                left -= seconds[i];
                if (left <= 0)
                {
                    break;
                }
            }
        }

        return new Bytes(seconds[level] > 0 ? (long)(byteSeconds[level] / seconds[level]) : 0);
    }

    /// <summary>Share of the time in which more than this was held.</summary>
    public double ShareAbove(long bytes)
    {
        double above = 0;
        for (int i = 0; i <= highest; i++)
        {
            above += seconds[i] > 0 && byteSeconds[i] / seconds[i] > bytes ? seconds[i] : 0;
        }

        return TotalSeconds > 0 ? above / TotalSeconds : 0;
    }

    /// <summary>When this much was first held, and the processor time spent until then.</summary>
    public (TimeSpan After, TimeSpan Cpu) Reached(long bytes)
    {
        int level = Math.Min(LevelOf(bytes), Math.Max(0, highest));
        return (TimeSpan.FromSeconds(reachedAfter[level]), TimeSpan.FromSeconds(reachedWithCpu[level]));
    }

    private static int LevelOf(long bytes) =>
        bytes <= 1L << LeastBits ? 0 : Math.Min(Levels - 1, (int)((Math.Log2(bytes) - LeastBits) * PerOctave));
}
