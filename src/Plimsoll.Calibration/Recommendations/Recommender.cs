using Plimsoll.Calibration.Statistics;
using Plimsoll.Calibration.Stress;
using Plimsoll.Calibration.Trials;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Recommendations;

/// <summary>Measures what a job needs: once without a limit, then with ever tighter ones.</summary>
public sealed class Recommender(TrialBench bench, TrialJob job, TimeSpan deadline, Action<string> said)
{
    private MinimumFound? minimum;

    /// <summary>Null until <see cref="MeasureAsync"/> has found it.</summary>
    public MinimumFound? Minimum => minimum;

    /// <summary>Why there is no answer; null = there is one.</summary>
    public string? Refusal { get; private set; }

    /// <summary>Null when the job fails by itself, or no limit was found; <see cref="Refusal"/> says which.</summary>
    public async Task<JobNeeds?> MeasureAsync(CancellationToken cancellationToken)
    {
        TrialResult free = await OnceAsync(null, cancellationToken);
        if (free.Outcome != TrialOutcome.Succeeded)
        {
            Refusal = $"the job does not succeed without a limit: {free.Told}";
            return null;
        }

        // What a limit counts; the largest resident size also counts pages of programs, which others share and the kernel can take back.
        long peak = free.PeakSource == PeakSource.Process ? free.Footprint?.Peak.Value ?? free.PeakBytes : free.PeakBytes;
        double slowest = CellResult.ThrottledAt * free.WallSeconds;
        var search = new MinimumMemory(async (bytes, token) =>
        {
            TrialResult result = await OnceAsync(bytes, token);

            // One that only crawls under its limit does not do its work.
            return result.Outcome == TrialOutcome.Succeeded && result.WallSeconds <= slowest + 1;
        });
        minimum = await search.FindAsync(peak, cancellationToken);
        if (minimum is null)
        {
            Refusal = $"no limit held in {MinimumMemory.MostRuns} runs: {string.Join(", ", search.Tried.Select(static each => $"{each.Bytes >> 20} MiB {(each.Held ? "held" : "failed")}"))}";
            return null;
        }

        double[] levels = [.. free.Points.Select(static point => (double)point.Bytes)];
        long settled = free.Footprint?.Settled.Value ?? (levels.Length > 0 ? (long)Sample.Median(levels) : free.PeakBytes);
        return new JobNeeds(peak, settled, free.Footprint?.BurstShare ?? 0, minimum.Bytes, free.WallSeconds, free.MeanCores);
    }

    private async Task<TrialResult> OnceAsync(long? bytes, CancellationToken cancellationToken)
    {
        TrialRun run = await bench.RunAsync(job with { Memory = bytes is { } limit ? new Bytes(limit) : null }, TrialScript.Together(1, deadline), cancellationToken);
        TrialResult result = run.Results[0];
        said($"{(bytes is { } most ? $"limit {most >> 20} MiB" : "without a limit")}: {result.Told}");
        return result;
    }
}
