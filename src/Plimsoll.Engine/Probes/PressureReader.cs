using System.Buffers.Text;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Engine.Probes;

/// <summary>Share of the last second in which work stalled, from the change of <c>total</c> in a pressure file.</summary>
/// <remarks>See accounting/psi.rst. Totals are in microseconds; the averages beside them lag by 10 s and more.</remarks>
internal sealed class PressureReader : IDisposable
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private readonly ProcFile file;
    private readonly TimeProvider time;
    private readonly Reading[] readings = new Reading[16]; // a ring; more often than 16 times a second shortens the window
    private int taken;

    private PressureReader(ProcFile file, TimeProvider time)
    {
        this.file = file;
        this.time = time;
    }

    public string Path => file.Path;

    /// <summary>Null when the kernel does not count stalls there.</summary>
    public static PressureReader? Open(string path, TimeProvider time)
    {
        if (ProcFile.Open(path, 512) is not { } file)
            return null;

        PressureReader reader = new(file, time);
        if (reader.Read() is not null)
            return reader;

        file.Dispose();
        return null;
    }

    /// <summary>Zero at first; null when the file cannot be read any more.</summary>
    public PressureSample? Read()
    {
        ReadOnlySpan<byte> content = file.Read();
        if (Total(content, "some "u8) is not { } some)
            return null;

        // Kernels before 5.13 have no such line for processors.
        long full = Total(content, "full "u8) ?? 0;
        Reading now = new(time.GetTimestamp(), some, full);
        Reading then = Oldest(now);
        readings[taken++ % readings.Length] = now;
        double microseconds = Math.Max(time.GetElapsedTime(then.At, now.At).TotalMicroseconds, Window.TotalMicroseconds);
        return new PressureSample(Share(now.Some - then.Some, microseconds), Share(now.Full - then.Full, microseconds));
    }

    public void Dispose() => file.Dispose();

    // The newest that is at least a window old, or else the oldest.
    private Reading Oldest(in Reading now)
    {
        int count = Math.Min(taken, readings.Length);
        Reading found = now;
        for (int back = 1; back <= count; back++)
        {
            found = readings[(taken - back) % readings.Length];
            if (time.GetElapsedTime(found.At, now.At) >= Window)
                break;
        }

        return found;
    }

    private static double Share(long stalled, double microseconds) => Math.Clamp(stalled / microseconds, 0, 1);

    private static long? Total(ReadOnlySpan<byte> content, ReadOnlySpan<byte> kind)
    {
        int line = content.IndexOf(kind);
        if (line < 0)
            return null;

        ReadOnlySpan<byte> rest = content[line..];
        int total = rest.IndexOf("total="u8);
        return total >= 0 && Utf8Parser.TryParse(rest[(total + 6)..], out long value, out _) && value >= 0 ? value : null;
    }

    private readonly record struct Reading(long At, long Some, long Full);
}
