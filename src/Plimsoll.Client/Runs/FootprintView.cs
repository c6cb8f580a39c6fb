namespace Plimsoll.Client.Runs;

/// <summary>What an attempt held over its life.</summary>
/// <param name="SettledBytes">What it held for half of its time or more.</param>
/// <param name="PeakBytes">The most it was seen to hold.</param>
/// <param name="BurstShare">Share of its life (0..1) spent above the middle between the two.</param>
/// <param name="SecondsToSettle">From its start until it first held nine tenths of what it settled at.</param>
/// <param name="RiseBytesPerSecond">Its fastest growth between two readings.</param>
/// <param name="MappedBytes">Pages of executables and libraries that it mapped.</param>
/// <param name="Curve">At most 64 points in the order of time.</param>
public sealed record FootprintView(
    long SettledBytes,
    long PeakBytes,
    double BurstShare,
    double SecondsToSettle,
    long RiseBytesPerSecond,
    long MappedBytes,
    IReadOnlyList<MemoryPointView> Curve);
