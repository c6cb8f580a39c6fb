using Plimsoll.Calibration.Torture;
using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Reporting;
using Plimsoll.Client.Benchmarks;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Requests;

namespace Plimsoll.Daemon.Calibrating;

/// <summary>Runs the torture benchmark for the command line.</summary>
public static class TortureRuns
{
    private const int MixedJobs = 36;
    private const int HomogeneousJobs = 24;
    private static readonly Bytes SyntheticHost = Bytes.FromMebibytes(1024);
    private static readonly Bytes ClaudeHost = Bytes.FromMebibytes(1229);
    private static readonly Bytes AgentsHost = Bytes.FromMebibytes(2048);

    /// <summary>The words a scenario can be named by.</summary>
    public static IReadOnlyList<string> Scenarios { get; } = [.. Enum.GetNames<TortureScenario>().Select(name => name.ToLowerInvariant())];

    /// <param name="said">Told what is being done, a line at a time.</param>
    public static async Task<Outcome<TortureReportView>> RunAsync(TortureRequest request, TimeProvider time, Action<string> said, CancellationToken cancellationToken)
    {
        if (!Enum.TryParse(request.Scenario, ignoreCase: true, out TortureScenario scenario) || !Scenarios.Contains(request.Scenario, StringComparer.OrdinalIgnoreCase))
            return new Refusal(ExitCode.Invalid, $"there is no scenario '{request.Scenario}'", $"there are {string.Join(", ", Scenarios)}");
        if (!Kinds(request.Contenders).TryGet(out IReadOnlySet<ContenderKind>? kinds, out Refusal? refusal))
            return refusal;

        string folder = Path.Combine(request.Folder ?? Path.GetTempPath(), $"plimsoll-torture-{Environment.ProcessId}");
        Directory.CreateDirectory(folder);
        try
        {
            TortureOptions options = new(
                Environment.ProcessPath ?? "plimsoll",
                folder,
                scenario,
                request.HostBytes is { } bytes ? new Bytes(bytes) : HostOf(scenario),
                request.HostCgroup,
                [.. Enumerable.Range(request.FirstSeed, request.SeedCount)],
                request.Jobs ?? (scenario == TortureScenario.Mixed ? MixedJobs : HomogeneousJobs),
                kinds,
                request.Deadline,
                request.Keep,
                request.AgentFolder ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "plimsoll", "agents"));
            return View(await TortureBench.RunAsync(options, time, said, cancellationToken));
        }
        finally
        {
            if (!request.Keep && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    internal static TortureReportView View(TortureReport report) => new(
        report.Scenario.ToString().ToLowerInvariant(),
        report.HostBytes,
        report.Cores,
        report.IsMet,
        [.. report.Seeds.Select(seed => new TortureSeedView(
            seed.Seed,
            seed.Load,
            seed.BoundSeconds,
            seed.BestStatic?.MakespanSeconds,
            [.. seed.Results.Select(result => View(result, seed))],
            [.. seed.Checks.Select(check => new TortureCheckView(check.What, check.Measured, check.Met))]))]);

    private static TortureContenderView View(ContenderResult result, SeedReport seed) => new(
        result.Name,
        Word(result.Kind),
        result.Width,
        result.IsClean,
        result.Jobs,
        result.Succeeded,
        result.MakespanSeconds,
        result.MakespanSeconds / seed.BoundSeconds,
        result.MakespanSeconds / seed.BestStatic?.MakespanSeconds,
        result.HostKills,
        result.TaskKills,
        result.LivelockSeconds,
        result.LongestLivelockSeconds,
        result.StalledShare,
        result.FrozenSeconds,
        result.Lost,
        result.RedoneShare,
        result.PeakWidth,
        result.MeanWidth,
        result.Stopped);

    private static Bytes HostOf(TortureScenario scenario) => scenario switch
    {
        TortureScenario.Claude => ClaudeHost,
        TortureScenario.Agents => AgentsHost,
        _ => SyntheticHost,
    };

    private static Outcome<IReadOnlySet<ContenderKind>> Kinds(IReadOnlyList<string> words)
    {
        HashSet<ContenderKind> kinds = [];
        foreach (string word in words.Count == 0 ? ["plimsoll", "control", "static", "rivals"] : words)
        {
            ContenderKind[]? named = word switch
            {
                "plimsoll" => [ContenderKind.PlimsollFirst, ContenderKind.PlimsollAgain],
                "control" => [ContenderKind.Control],
                "static" => [ContenderKind.StaticWidth],
                "rivals" => [ContenderKind.Rival],
                _ => null,
            };
            if (named is null)
                return new Refusal(ExitCode.Invalid, $"--contenders has no '{word}'", "there are plimsoll, control, static and rivals");
            kinds.UnionWith(named);
        }

        return kinds;
    }

    private static string Word(ContenderKind kind) => kind switch
    {
        ContenderKind.StaticWidth => "static_width",
        ContenderKind.PlimsollFirst => "plimsoll_first",
        ContenderKind.PlimsollAgain => "plimsoll_again",
        ContenderKind.Control => "control",
        _ => "rival",
    };
}
