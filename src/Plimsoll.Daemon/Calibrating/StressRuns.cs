using System.Text.Json;
using Plimsoll.Calibration.Stress;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Measures a stress matrix, for the command line; the report is written after every cell.</summary>
public static class StressRuns
{
    /// <param name="said">Told of each cell.</param>
    public static async Task<Outcome<Written<StressReportView>>> RunAsync(StressRequest request, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        if (!Earlier(request).TryGet(out StressReportView? earlier, out Refusal? refusal)
            || !(await TrialSetup.OpenAsync(request.Trial, needsLimits: true, time, said, cancellationToken)).TryGet(out TrialSetup? setup, out refusal))
        {
            return refusal;
        }

        using (setup)
        {
            DateTimeOffset at = time.GetLocalNow();
            string file = request.Resume ?? ReportFiles.Path(request.Trial, at, "stress");
            var report = earlier.Command.Count > 0 ? earlier : new StressReportView("stress", at, TrialCommands.Of(request.Trial), setup.Machine, null, false, [], []);
            Refusal? wrong = null;
            using var halt = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            void Take(CellResult cell)
            {
                StressCellView view = TrialViews.Of(cell);
                said($"{view.Name}: {view.CompletionRate:P0} completed, {view.OwnKills} own kills, {view.HostKills} host kills, median {view.MedianSeconds:0.0} s{(view.Stopped is { } why ? $"; stopped: {why}" : "")}");
                report = report with
                {
                    AloneSeconds = cell.AloneSeconds,
                    Cells = [.. report.Cells, view],
                    Measures = [.. report.Measures, .. TrialViews.Measures($"{view.Name}/", cell.Run.Results)],
                };
                wrong ??= Write(file, report);
                if (wrong is not null)
                {
                    halt.Cancel();
                }
            }

            var matrix = new StressMatrix(
                request.Agents.Count > 0 ? request.Agents : StressMatrix.DefaultAgents,
                request.MemoryBytes.Count > 0 ? [.. request.MemoryBytes.Select(static bytes => bytes is { } limit ? (Bytes?)new Bytes(limit) : null)] : StressMatrix.DefaultMemory,
                request.Cores.Count > 0 ? request.Cores : StressMatrix.DefaultCores);
            try
            {
                if (await StressBench.RunAsync(setup.Bench, setup.Job, matrix, request.Trial.Deadline, Progress(report), Take, halt.Token) is { } failed)
                {
                    return new Refusal(ExitCode.TaskFailed, $"the job does not succeed alone, without a limit: {failed.Told}");
                }
            }
            catch (OperationCanceledException) when (wrong is not null)
            {
                return wrong;
            }

            report = report with { Complete = true };
            return Write(file, report) is { } last ? last : new Written<StressReportView>(report, BenchTables.Of(report), file);
        }
    }

    /// <summary>An empty one when nothing is resumed.</summary>
    private static Outcome<StressReportView> Earlier(StressRequest request)
    {
        var none = new StressReportView("stress", default, [], new BenchMachineView("", 0, 0, null), null, false, [], []);
        if (request.Resume is not { } file)
        {
            return none;
        }

        try
        {
            StressReportView? read = ReportFiles.Read(file, PlimsollJsonContext.Default.StressReportView);
            return read is not { Kind: "stress", Command: not null, Cells: { } cells, Measures: not null } || cells.Any(static cell => cell?.Name is null) ? new Refusal(ExitCode.Invalid, $"{file} is no report of bench stress")
                : !read.Command.SequenceEqual(TrialCommands.Of(request.Trial)) ? new Refusal(ExitCode.Invalid, $"{file} is about another command: {string.Join(' ', read.Command)}", "resume with that command")
                : read;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return new Refusal(ExitCode.Invalid, $"{file} cannot be resumed: {error.Message}");
        }
    }

    private static StressProgress Progress(StressReportView report) => new(report.Cells.Select(static cell => cell.Name).ToHashSet(StringComparer.Ordinal), report.AloneSeconds)
    {
        Troubled = report.Cells.Where(static cell => cell.Stopped is not null || cell.HostKills > 0).Select(static cell => cell.Name).ToHashSet(StringComparer.Ordinal),
    };

    private static Refusal? Write(string file, StressReportView report) => ReportFiles.Write(file, report, PlimsollJsonContext.Default.StressReportView, BenchTables.Of(report));
}
