using System.Text.Json;
using Plimsoll.Calibration.Simulation.Faults;
using Plimsoll.Client.Simulations;

namespace Plimsoll.Daemon.Simulations;

/// <summary>Runs seeds of fault simulation for the command line.</summary>
public static class FaultRuns
{
    private const int SeedsPerReport = 200;

    /// <param name="said">Told how far it has come, now and then, and of every seed that broke an invariant.</param>
    public static FaultReportView Run(int first, int count, TimeProvider clock, Action<string> said, CancellationToken cancellationToken)
    {
        long began = clock.GetTimestamp(), turns = 0;
        SortedDictionary<string, long> faults = new(StringComparer.Ordinal);
        List<BrokenSeedView> broken = [];
        foreach (FaultRun run in FaultSeeds.Run(first, count, null, cancellationToken))
        {
            turns += run.Turns;
            foreach ((FaultKind kind, long times) in run.Faults)
            {
                string word = JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());
                faults[word] = faults.GetValueOrDefault(word) + times;
            }

            if (run.Broken is { } invariant)
            {
                broken.Add(new BrokenSeedView(run.Seed, invariant, run.Replay));
            }

            if ((run.Seed - first + 1) % SeedsPerReport == 0)
            {
                said($"faults: {run.Seed - first + 1} of {count} seeds, {broken.Count} broken");
            }
        }

        return new FaultReportView(first, count, turns, faults, broken, clock.GetElapsedTime(began).TotalSeconds);
    }
}
