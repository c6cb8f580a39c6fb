using Plimsoll.Calibration.Recommendations;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Requests;
using Plimsoll.Plans.Configuration;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Measures what a job needs and says how many fit where, for the command line.</summary>
public static class RecommendRuns
{
    /// <param name="said">Told of each run.</param>
    public static async Task<Outcome<Written<RecommendationView>>> RunAsync(RecommendRequest request, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        Outcome<TrialSetup> opened = await TrialSetup.OpenAsync(request.Trial, needsLimits: true, time, said, cancellationToken);
        if (!opened.TryGet(out TrialSetup? setup, out Refusal? refusal))
        {
            return refusal;
        }

        using (setup)
        {
            var recommender = new Recommender(setup.Bench, setup.Job, request.Trial.Deadline, said);
            if (await recommender.MeasureAsync(cancellationToken) is not { } needs)
            {
                return new Refusal(ExitCode.TaskFailed, recommender.Refusal!);
            }

            HostRowView Row(long total)
            {
                HostRow row = SafeConcurrency.Of(needs, total, request.ReserveBytes, time, cancellationToken);
                return new HostRowView(row.TotalBytes, row.ReserveBytes, row.ByFormula, row.ByLoadLine);
            }

            DateTimeOffset at = time.GetLocalNow();
            HostRowView here = Row(setup.Bench.MemoryBytes);
            MinimumFound minimum = recommender.Minimum!;
            var report = new RecommendationView(
                "recommendation", at, request.Name, TrialCommands.Of(request.Trial), setup.Machine,
                needs.PeakBytes, needs.SettledBytes, needs.BurstShare, needs.WallSeconds, needs.MeanCores,
                minimum.Bytes, minimum.BelowBytes, minimum.Held, minimum.LeastReliability, minimum.Runs + 1, needs.LimitBytes,
                here, [.. SafeConcurrency.Hosts.Select(Row)], "", null,
                [new MeasureView("minimum_memory", "B", true, [minimum.Bytes]), new MeasureView("peak_memory", "B", true, [needs.PeakBytes])]);
            report = report with { Fragment = RecommendedConfiguration.Fragment(report) };
            if (request.Apply && !Apply(request, report).TryGet(out report, out refusal))
            {
                return refusal;
            }

            IReadOnlyList<BenchTable> tables = BenchTables.Of(report);
            string file = ReportFiles.Path(request.Trial, at, $"recommendation-{request.Name}");
            return ReportFiles.Write(file, report, PlimsollJsonContext.Default.RecommendationView, tables) is { } wrong ? wrong : new Written<RecommendationView>(report, tables, file);
        }
    }

    private static Outcome<RecommendationView> Apply(RecommendRequest request, RecommendationView report)
    {
        string file = request.ConfigurationFile ?? Path.Combine(request.Trial.Folder, ConfigurationLoader.FileName);
        try
        {
            string before = File.Exists(file) ? File.ReadAllText(file) : "";
            if (RecommendedConfiguration.Edit(before, report, out string? obstacle) is not { } after)
            {
                return new Refusal(ExitCode.Invalid, $"{file} was not changed: {obstacle}", $"put this in it by hand:\n{report.Fragment}");
            }

            File.WriteAllText(file, after);
            return report with { Applied = LineDiff.Of(before, after, Path.GetFileName(file)) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Environment, $"{file} cannot be changed: {error.Message}");
        }
    }
}
