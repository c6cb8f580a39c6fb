using Plimsoll.Calibration.Trials;

namespace Plimsoll.Calibration.Baselines;

/// <summary>Measures one job alone, repetition by repetition, under each isolation in turn.</summary>
public static class BaselineBench
{
    /// <summary>The first isolation is what the others are compared with; they take turns, so that a slow moment meets all.</summary>
    public static async Task<IReadOnlyList<BaselineSeries>> RunAsync(TrialBench bench, BaselineOptions options, Action<string> said, CancellationToken cancellationToken)
    {
        Dictionary<TrialIsolation, List<TrialResult>> results = options.Isolations.ToDictionary(static isolation => isolation, static _ => new List<TrialResult>());
        for (int repetition = 1; repetition <= options.Repetitions; repetition++)
        {
            foreach (TrialIsolation isolation in options.Isolations.Where(isolation => Missing(bench, isolation, options) is null))
            {
                var job = new TrialJob(options.Arguments, options.Folder, isolation, null, null, options.Image);
                TrialRun run = await bench.RunAsync(job, TrialScript.Together(1, options.Deadline), cancellationToken);
                TrialResult result = run.Results[0];
                results[isolation].Add(result);
                said($"{isolation.ToString().ToLowerInvariant()} {repetition}/{options.Repetitions}: {result.Told}");
            }
        }

        return [.. options.Isolations.Select(isolation => new BaselineSeries(isolation, results[isolation], Missing(bench, isolation, options)))];
    }

    private static string? Missing(TrialBench bench, TrialIsolation isolation, BaselineOptions options) => isolation switch
    {
        TrialIsolation.Cgroup => bench.MissingCgroups,
        TrialIsolation.Container when options.Image is null => "name an image with --image",
        _ => null,
    };
}
