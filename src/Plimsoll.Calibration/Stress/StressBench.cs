using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Stress;

/// <summary>Measures a matrix of cells; a row ends where the machine gets into trouble.</summary>
public static class StressBench
{
    public const double MostSwapShare = 0.5;

    /// <param name="each">Told of every cell as soon as it is measured.</param>
    /// <returns>Null, or the job alone when that did not succeed: then nothing was measured.</returns>
    public static async Task<TrialResult?> RunAsync(TrialBench bench, TrialJob job, StressMatrix matrix, TimeSpan deadline, StressProgress earlier, Action<CellResult> each, CancellationToken cancellationToken)
    {
        double? alone = earlier.AloneSeconds;
        if (alone is null)
        {
            TrialRun first = await bench.RunAsync(job with { Memory = null, Cores = null }, TrialScript.Together(1, deadline), cancellationToken);
            if (first.Results[0].Outcome != TrialOutcome.Succeeded)
            {
                return first.Results[0];
            }

            alone = first.Results[0].WallSeconds;
        }

        foreach (IReadOnlyList<StressCell> row in matrix.Rows())
        {
            foreach (StressCell cell in row)
            {
                if (earlier.Troubled.Contains(cell.Name))
                {
                    break;
                }

                if (earlier.Done.Contains(cell.Name))
                {
                    continue;
                }

                TrialJob limited = job with { Memory = cell.Memory, Cores = cell.Cores };
                TrialRun run = await bench.RunAsync(limited, TrialScript.Together(cell.Agents, deadline, Trouble), cancellationToken);
                each(new CellResult(cell, run, alone));
                if (run.Stopped is not null || run.Count(TrialOutcome.HostKill) > 0)
                {
                    break;
                }
            }
        }

        return null;
    }

    /// <summary>Why it must not go on; null = it may.</summary>
    public static string? Trouble(TrialState state) =>
        state.Host.MostSwapShare > MostSwapShare ? $"{state.Host.MostSwapShare:P0} of swap space is used"
        : state.Results.Any(static result => result.Outcome == TrialOutcome.HostKill) ? "the kernel killed a job because all together had no memory left"
        : null;
}
