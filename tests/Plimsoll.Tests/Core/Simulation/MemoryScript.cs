using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>What a simulated attempt truly holds at each moment of its life.</summary>
/// <param name="Seconds">Its life, without the time it is frozen.</param>
/// <param name="Bytes">What it holds at an age.</param>
internal sealed record MemoryScript(double Seconds, Func<double, long> Bytes)
{
    private const double Mebi = 1 << 20;

    public ExitReport Report { get; init; } = ExitReport.Success;

    public ulong Executable { get; init; }

    public long Mapped { get; init; }

    public double StartCpuSeconds { get; init; }

    public static MemoryScript Steady(double seconds, double mebibytes, double riseSeconds = 0.5) =>
        new(seconds, age => (long)(mebibytes * Mebi * Math.Min(1, (age + 0.05) / riseSeconds)));

    /// <summary>An agent: little while it waits for its model, much while it builds or tests.</summary>
    public static MemoryScript Bursty(double seconds, double settled, double burst, double from, double to, double riseSeconds = 2) =>
        new(seconds, age =>
        {
            double level = settled * Math.Min(1, (age + 0.05) / 0.5);
            double into = Math.Clamp((age - from) / riseSeconds, 0, 1);
            return (long)(Mebi * (level + (age < to ? burst * into : 0)));
        });

    /// <summary>Grows evenly until it ends.</summary>
    public static MemoryScript Ramp(double seconds, double mebibytes) => new(seconds, age => (long)(Mebi * mebibytes * age / seconds));
}
