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
        if (request.Apply && Unapplicable(request) is { } obstacle)
        {
            return obstacle;
        }

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
            string file = ReportFiles.Path(request.Trial, at, $"recommendation-{request.Name}");
            Outcome<Written<RecommendationView>> written = Write(file, report);

            // What was measured is in the report, whatever becomes of the configuration.
            return !request.Apply || !written.TryGet(out _, out _) ? written
                : Apply(request, report).TryGet(out RecommendationView? applied, out refusal) ? Write(file, applied)
                : refusal with { Message = $"{refusal.Message}; the report is {file}" };
        }
    }

    private static Outcome<Written<RecommendationView>> Write(string file, RecommendationView report)
    {
        IReadOnlyList<BenchTable> tables = BenchTables.Of(report);
        return ReportFiles.Write(file, report, PlimsollJsonContext.Default.RecommendationView, tables) is { } wrong ? wrong : new Written<RecommendationView>(report, tables, file);
    }

    /// <summary>Asked before anything is measured.</summary>
    private static Refusal? Unapplicable(RecommendRequest request)
    {
        string file = FileOf(request);
        try
        {
            return File.Exists(file) && RecommendedConfiguration.Obstacle(File.ReadAllText(file)) is { } obstacle
                ? new Refusal(ExitCode.Invalid, $"{file} cannot be changed: {obstacle}", "write it in lines of its own, or leave --apply out")
                : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Environment, $"{file} cannot be changed: {error.Message}");
        }
    }

    /// <summary>The file itself where the name is a link.</summary>
    private static string FileOf(RecommendRequest request)
    {
        string file = request.ConfigurationFile ?? Path.Combine(request.Trial.Folder, ConfigurationLoader.FileName);
        return File.Exists(file) ? File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? file : file;
    }

    private static Outcome<RecommendationView> Apply(RecommendRequest request, RecommendationView report)
    {
        string file = FileOf(request);
        try
        {
            string before = File.Exists(file) ? File.ReadAllText(file) : "";
            if (RecommendedConfiguration.Edit(before, report, out string? obstacle) is not { } after)
            {
                return new Refusal(ExitCode.Invalid, $"{file} was not changed: {obstacle}", $"put this in it by hand:\n{report.Fragment}");
            }

            // Whole or not at all: it is written by people, and a full disk must not cost it.
            string draft = $"{file}.new";
            File.WriteAllText(draft, after);
            if (File.Exists(file))
            {
                File.SetUnixFileMode(draft, File.GetUnixFileMode(file));
            }

            File.Move(draft, file, overwrite: true);
            return report with { Applied = LineDiff.Of(before, after, Path.GetFileName(file)) };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new Refusal(ExitCode.Environment, $"{file} cannot be changed: {error.Message}");
        }
    }
}
