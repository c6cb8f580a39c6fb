using System.Buffers.Text;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Engine.Probes;

/// <summary>How busy the processors of the machine were since a second ago, from <c>/proc/stat</c> and <c>/proc/pressure/cpu</c>.</summary>
/// <remarks>See proc_stat(5). The machine's, also inside a container: its processors are shared with others, and so is the wait for them.</remarks>
internal sealed class ProcessorReader : IDisposable
{
    private const int TotalsBytes = 256;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly ProcFile totals;
    private readonly PressureReader? pressure;
    private readonly TimeProvider time;
    private long since;
    private (long Busy, long All) before;
    private double busy;

    private ProcessorReader(ProcFile totals, PressureReader? pressure, TimeProvider time)
    {
        this.totals = totals;
        this.pressure = pressure;
        this.time = time;
        since = time.GetTimestamp();
        before = Ticks(totals.Read()) ?? default;
    }

    /// <summary>Null when the machine does not tell.</summary>
    /// <param name="stat">A file in the form of <c>/proc/stat</c>.</param>
    /// <param name="stalls">A file in the form of <c>/proc/pressure/cpu</c>.</param>
    public static ProcessorReader? Open(TimeProvider time, string stat = "/proc/stat", string stalls = "/proc/pressure/cpu")
    {
        if (ProcFile.Open(stat, TotalsBytes) is not { } totals)
            return null;

        if (Ticks(totals.Read()) is not null)
            return new ProcessorReader(totals, PressureReader.Open(stalls, time), time);

        totals.Dispose();
        return null;
    }

    /// <summary>Zero until a second has passed; null when the file cannot be read any more.</summary>
    public CpuSample? Read()
    {
        if (Ticks(totals.Read()) is not { } now)
            return null;

        long at = time.GetTimestamp();
        if (time.GetElapsedTime(since, at) >= Window && now.All > before.All)
        {
            busy = Math.Clamp((double)(now.Busy - before.Busy) / (now.All - before.All), 0, 1);
            (since, before) = (at, now);
        }

        return new CpuSample(busy, pressure?.Read()?.Some);
    }

    public void Dispose()
    {
        totals.Dispose();
        pressure?.Dispose();
    }

    // cpu  user nice system idle iowait irq softirq steal …: what is neither idle nor waiting for a disk is used; guests are in user already.
    private static (long Busy, long All)? Ticks(ReadOnlySpan<byte> content)
    {
        if (!content.StartsWith("cpu "u8))
            return null;

        ReadOnlySpan<byte> rest = content[4..];
        long all = 0;
        long idle = 0;
        for (int index = 0; index < 8; index++)
        {
            rest = rest.TrimStart((byte)' ');
            if (!Utf8Parser.TryParse(rest, out long value, out int read) || value < 0)
                return null;

            all += value;
            idle += index is 3 or 4 ? value : 0;
            rest = rest[read..];
        }

        return (all - idle, all);
    }
}
