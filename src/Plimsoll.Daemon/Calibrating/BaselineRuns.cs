using Plimsoll.Calibration.Baselines;
using Plimsoll.Calibration.Trials;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Measures a job alone, for the command line.</summary>
public static class BaselineRuns
{
    public static IReadOnlyList<string> Isolations { get; } = [.. Enum.GetValues<TrialIsolation>().Select(TrialViews.Word)];

    /// <param name="said">Told of each repetition.</param>
    public static async Task<Outcome<Written<BaselineReportView>>> RunAsync(BaselineRequest request, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        List<TrialIsolation> isolations = [];
        foreach (string word in request.Isolations)
        {
            if (!Isolations.Contains(word, StringComparer.Ordinal))
            {
                return new Refusal(ExitCode.Invalid, $"there is no isolation '{word}'", $"there are {string.Join(", ", Isolations)}");
            }

            isolations.Add(Enum.GetValues<TrialIsolation>().First(each => TrialViews.Word(each) == word));
        }

        if (isolations.Contains(TrialIsolation.Container) && request.Image is null)
        {
            return new Refusal(ExitCode.Invalid, "a container has an image", "name it with --image");
        }

        Outcome<TrialSetup> opened = await TrialSetup.OpenAsync(request.Trial, needsLimits: false, time, said, cancellationToken);
        if (!opened.TryGet(out TrialSetup? setup, out Refusal? refusal))
        {
            return refusal;
        }

        using (setup)
        {
            var options = new BaselineOptions(setup.Job.Arguments, setup.Job.Folder, request.Repetitions, [.. isolations.Distinct()], request.Trial.Deadline, request.Image);
            IReadOnlyList<BaselineSeries> series = await BaselineBench.RunAsync(setup.Bench, options, said, cancellationToken);
            DateTimeOffset at = time.GetLocalNow();
            var report = new BaselineReportView(
                "baseline",
                at,
                TrialCommands.Of(request.Trial),
                setup.Machine,
                request.Trial.Interval.TotalSeconds,
                [.. series.Select(each => TrialViews.Of(each, series[0]))],
                [.. BaselineMeasures.Of(series).Select(TrialViews.Of)]);
            IReadOnlyList<BenchTable> tables = BenchTables.Of(report);
            string file = ReportFiles.Path(request.Trial, at, "baseline");
            return ReportFiles.Write(file, report, PlimsollJsonContext.Default.BaselineReportView, tables) is { } wrong ? wrong : new Written<BaselineReportView>(report, tables, file);
        }
    }
}
