using Plimsoll.Calibration.Simulation;
using Plimsoll.Calibration.Simulation.Reporting;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Turns what came out of simulations into wire records.</summary>
internal static class SimulationViews
{
    public static SimulationRunView Of(SimulationRun run) => new(
        run.Policy,
        PolicyWords.Of(run.Placement),
        run.Seed,
        run.MakespanSeconds,
        run.FirstPassSeconds,
        run.BoundSeconds,
        run.BoundSeconds > 0 ? run.MakespanSeconds / run.BoundSeconds : 1,
        run.Succeeded,
        run.Unfinished,
        run.Stuck,
        run.CpuUtilisation,
        run.MemoryUtilisation,
        run.MostHeldBytes,
        (int)run.MostLive,
        run.MeanLive,
        run.Attempts,
        run.Evictions,
        run.HostKills,
        run.Lost,
        run.Freezes,
        run.RedoneShare,
        run.MeanWaitSeconds,
        Waits(run),
        [.. run.Series.Select(static point => new SimulationPointView(point.Seconds, point.Live, point.HeldBytes, point.Cores))],
        run.WallSeconds);

    public static IReadOnlyList<SimulationWaitView> Waits(SimulationRun run) =>
        [.. run.Waits.Where(static wait => wait.Value > 0).Select(static wait => new SimulationWaitView(wait.Key, wait.Value))];
}
