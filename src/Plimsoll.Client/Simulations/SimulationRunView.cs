namespace Plimsoll.Client.Simulations;

/// <summary>One simulation; of several passes, the last.</summary>
/// <param name="FirstPassSeconds">Of the first pass, in which no class was known.</param>
/// <param name="BoundSeconds">No schedule is shorter.</param>
/// <param name="OverBound">Makespan by bound.</param>
/// <param name="Unfinished">Tasks that could not end; 0 = none.</param>
/// <param name="Stuck">Why the first of those waits.</param>
/// <param name="Cpu">Share of all cores in use, on average.</param>
/// <param name="Memory">Share of all memory in use, on average.</param>
/// <param name="PeakBytes">Most that was held at once, over all nodes.</param>
/// <param name="Kills">Attempts ended by a node's own killer because it had no memory left.</param>
/// <param name="Lost">Attempts that went with their node.</param>
/// <param name="Redone">Share of all work that had to be done again.</param>
/// <param name="MeanWaitSeconds">From ready to start.</param>
/// <param name="WallSeconds">What the simulation itself took.</param>
public sealed record SimulationRunView(
    string Policy,
    string Placement,
    int Seed,
    double MakespanSeconds,
    double FirstPassSeconds,
    double BoundSeconds,
    double OverBound,
    int Succeeded,
    int Unfinished,
    string? Stuck,
    double Cpu,
    double Memory,
    long PeakBytes,
    int MostLive,
    double MeanLive,
    int Attempts,
    int Evictions,
    int Kills,
    int Lost,
    int Freezes,
    double Redone,
    double MeanWaitSeconds,
    IReadOnlyList<SimulationWaitView> Waits,
    IReadOnlyList<SimulationPointView> Series,
    double WallSeconds);
