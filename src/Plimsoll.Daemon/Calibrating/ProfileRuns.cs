using Plimsoll.Calibration.Recommendations;
using Plimsoll.Calibration.Stress;
using Plimsoll.Calibration.Trials;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Keeps a load profile alive, for the command line.</summary>
public static class ProfileRuns
{
    private const int MostSafe = 64;

    public static IReadOnlyList<string> Names { get; } = [.. LoadProfile.All.Select(static profile => profile.Name)];

    /// <param name="said">Told how far it has come.</param>
    public static async Task<Outcome<Written<ProfileReportView>>> RunAsync(ProfileRequest request, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        if (LoadProfile.Find(request.Profile) is not { } profile)
        {
            return new Refusal(ExitCode.Invalid, $"there is no profile '{request.Profile}'", $"there are {string.Join(", ", Names)}");
        }

        Outcome<TrialSetup> opened = await TrialSetup.OpenAsync(request.Trial, needsLimits: true, time, said, cancellationToken);
        if (!opened.TryGet(out TrialSetup? setup, out Refusal? refusal))
        {
            return refusal;
        }

        using (setup)
        {
            TrialJob job = setup.Job with { Memory = request.MemoryBytes is { } bytes ? new Bytes(bytes) : null };
            TrialRun alone = await setup.Bench.RunAsync(job, TrialScript.Together(1, request.Trial.Deadline), cancellationToken);
            if (alone.Count(TrialOutcome.Succeeded) == 0)
            {
                return new Refusal(ExitCode.TaskFailed, $"the job does not succeed alone: {alone.Results[0].Told}");
            }

            int safe = request.Safe ?? Safe(alone.Results[0], setup.Bench);
            TimeSpan duration = request.Duration ?? profile.Default;
            said($"{profile.Name} for {duration}: {safe} at once count as safe");
            ProfileResult result = await ProfileBench.RunAsync(setup.Bench, job, new ProfilePlan(profile, duration, safe, request.Trial.Deadline, alone.Results[0].WallSeconds), said, cancellationToken);
            DateTimeOffset at = time.GetLocalNow();
            ProfileReportView report = View(result, request, setup, at);
            IReadOnlyList<BenchTable> tables = BenchTables.Of(report);
            string file = ReportFiles.Path(request.Trial, at, profile.Name);
            return ReportFiles.Write(file, report, PlimsollJsonContext.Default.ProfileReportView, tables) is { } wrong ? wrong : new Written<ProfileReportView>(report, tables, file);
        }
    }

    /// <summary>By memory, and twice the processors: more would slow each other down beyond what counts as throttled.</summary>
    private static int Safe(TrialResult alone, TrialBench bench)
    {
        int byMemory = SafeConcurrency.ByFormula(bench.ProtectedBytes ?? bench.MemoryBytes, 0, Math.Max(1 << 20, alone.PeakBytes));
        double cores = Math.Max(0.05, alone.MeanCores);
        return Math.Clamp(Math.Min(byMemory, (int)(Environment.ProcessorCount / cores)), 1, MostSafe);
    }

    private static ProfileReportView View(ProfileResult result, ProfileRequest request, TrialSetup setup, DateTimeOffset at)
    {
        IReadOnlyList<string> failures = result.Failures;
        return new ProfileReportView(
            "profile",
            at,
            TrialCommands.Of(request.Trial),
            setup.Machine,
            result.Plan.Profile.Name,
            result.Plan.Duration.TotalSeconds,
            result.Plan.Safe,
            result.Run.Results.Count,
            result.CompletionRate,
            result.Run.Count(TrialOutcome.OwnLimit),
            result.Run.Count(TrialOutcome.HostKill),
            result.Plan.AloneSeconds,
            result.SlowSeconds,
            result.MemoryGrowth,
            result.TimeGrowth,
            result.Run.Host.MostSwapShare,
            result.Run.Host.MostStall,
            result.Run.Host.MostBytes,
            failures.Count == 0,
            failures,
            TrialViews.Measures("", result.Run.Results));
    }
}
