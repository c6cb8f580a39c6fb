using System.Collections.Immutable;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Calibration.Simulation.Reporting;

/// <summary>What came out of one simulation; of several passes, of the last.</summary>
/// <param name="FirstPassSeconds">With nothing known of any class; equal to the makespan when there was one pass.</param>
/// <param name="BoundSeconds">No schedule is shorter: the longest chain, or all work over all cores, or memory times time over all memory.</param>
/// <param name="Unfinished">Tasks that could not end, with the reason of the first; 0 = none.</param>
/// <param name="WallSeconds">What the simulation itself took.</param>
public sealed record SimulationRun(
    string Policy,
    PlacementStrategy Placement,
    int Seed,
    int Tasks,
    int Nodes,
    double MakespanSeconds,
    double FirstPassSeconds,
    double BoundSeconds,
    int Succeeded,
    int Unfinished,
    string? Stuck,
    double WallSeconds)
{
    public double CpuUtilisation { get; init; }

    public double MemoryUtilisation { get; init; }

    public long MostLive { get; init; }

    public long MostHeldBytes { get; init; }

    public double MeanLive { get; init; }

    public int Attempts { get; init; }

    public int Evictions { get; init; }

    public int HostKills { get; init; }

    public int Lost { get; init; }

    public int Freezes { get; init; }

    public double RedoneShare { get; init; }

    /// <summary>Mean time from ready to start.</summary>
    public double MeanWaitSeconds { get; init; }

    /// <summary>Share of all waiting by its cause, largest first.</summary>
    public ImmutableArray<KeyValuePair<string, double>> Waits { get; init; } = [];

    public ImmutableArray<SeriesPoint> Series { get; init; } = [];
}
