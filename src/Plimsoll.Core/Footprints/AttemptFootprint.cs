using System.Collections.Immutable;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>What one attempt held over its life, summed up; made by <see cref="FootprintMeter"/>.</summary>
/// <param name="Settled">What it held for half of its time or more: the level at which it was just working.</param>
/// <param name="Peak">The most it was seen to hold.</param>
/// <param name="BurstShare">Share of its life (0..1) spent above the middle between settled and peak.</param>
/// <param name="TimeToSettle">From its start until it first held nine tenths of what it settled at.</param>
/// <param name="FastestRise">Bytes per second between two readings.</param>
/// <param name="StartCpu">User and system time until it had settled.</param>
/// <param name="Mapped">Most pages of executables and libraries it was seen to map.</param>
/// <param name="Executable">Whose pages those are, see <see cref="Capacity.TaskSample.Executable"/>; 0 = not known.</param>
/// <param name="Duration">Its life without the time it was frozen.</param>
/// <param name="Readings">Samples it was measured by, at least 1.</param>
public sealed record AttemptFootprint(
    Bytes Settled,
    Bytes Peak,
    double BurstShare,
    TimeSpan TimeToSettle,
    Bytes FastestRise,
    TimeSpan StartCpu,
    Bytes Mapped,
    ulong Executable,
    TimeSpan Duration,
    int Readings)
{
    /// <summary>At most 64 points in the order of time, for display.</summary>
    public ImmutableArray<MemoryPoint> Curve { get; init; } = [];

    /// <summary>What its peak was above what it settled at.</summary>
    public Bytes Burst => Peak - Settled;
}
