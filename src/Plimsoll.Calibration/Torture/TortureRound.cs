using System.Globalization;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Host;
using Plimsoll.Calibration.Torture.Loads;
using Plimsoll.Calibration.Torture.Reporting;

namespace Plimsoll.Calibration.Torture;

/// <summary>All contenders on one load, one after the other.</summary>
internal sealed class TortureRound(HostGroup host, TortureOptions options, PlimsollCommand plimsoll, TimeProvider time, Action<ContenderResult> done)
{
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(150);

    // A width that is this much slower than the best so far is given up.
    private const double GiveUp = 1.05;

    // A rival that needs so many times as long has lost, however long it would have taken.
    private const double Lost = 3;
    private readonly List<ContenderResult> results = [];
    private int folders;

    public async Task<SeedReport> RunAsync(int seed, TortureLoad load, CancellationToken cancellationToken)
    {
        ContenderRun run = new(host, load, time);
        double? bound = PackingBound.Seconds(load.Jobs, host.LimitBytes);
        TimeSpan deadline = options.Deadline ?? (bound is { } seconds ? TimeSpan.FromSeconds((5 * seconds) + 30) : Unknown);
        string state = Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"state-{seed}"));
        foreach (ContenderKind kind in new[] { ContenderKind.PlimsollFirst, ContenderKind.PlimsollAgain }.Where(options.Kinds.Contains))
        {
            JobFiles files = Files(seed, load);
            string name = kind == ContenderKind.PlimsollFirst ? "plimsoll, first run" : "plimsoll, second run";
            Contender contender = new(name, kind, plimsoll.Run(files.WritePlan(load, "auto"), state));
            await MeasureAsync(run, contender, files, deadline, stopWhenBroken: false, cancellationToken);
        }

        if (options.Kinds.Contains(ContenderKind.Control))
        {
            JobFiles files = Files(seed, load);
            await MeasureAsync(run, Rivals.Control(files, load.Jobs.Count), files, deadline, stopWhenBroken: true, cancellationToken);
        }

        if (options.Kinds.Contains(ContenderKind.StaticWidth))
            await SearchAsync(run, seed, load, deadline, cancellationToken);
        if (options.Kinds.Contains(ContenderKind.Rival))
            await RivalsAsync(run, seed, load, deadline, cancellationToken);
        return new(seed, load.Name, bound, results, TortureChecks.Of(load.Targets, results));
    }

    private async Task SearchAsync(ContenderRun run, int seed, TortureLoad load, TimeSpan deadline, CancellationToken cancellationToken)
    {
        WidthSearch search = new(load.Jobs.Count);
        await search.FindAsync(Math.Max(1, (int)(host.LimitBytes / load.MeanPeakBytes)), MeasureWidthAsync);
        await search.ConfirmAsync(MeasureWidthAsync);

        async Task<double?> MeasureWidthAsync(int width, double? best)
        {
            JobFiles files = Files(seed, load);
            TimeSpan atMost = best is { } seconds ? TimeSpan.FromSeconds(Math.Min(deadline.TotalSeconds, seconds * GiveUp)) : deadline;
            ContenderResult result = await MeasureAsync(run, Rivals.StaticWidth(files, width), files, atMost, stopWhenBroken: true, cancellationToken);
            return result.IsClean ? result.MakespanSeconds : null;
        }
    }

    private async Task RivalsAsync(ContenderRun run, int seed, TortureLoad load, TimeSpan deadline, CancellationToken cancellationToken)
    {
        List<(string Name, JsonNode Concurrency)> policies = [("plimsoll tiers", "tiers"), ("plimsoll formula", "formula")];
        if (SeedReport.Best(results) is { Width: { } width } best)
        {
            policies.Insert(0, (string.Create(CultureInfo.InvariantCulture, $"plimsoll -j {width}"), width));
            deadline = TimeSpan.FromSeconds(Math.Min(deadline.TotalSeconds, Lost * best.MakespanSeconds));
        }

        foreach ((string name, JsonNode concurrency) in policies)
        {
            JobFiles files = Files(seed, load);
            Contender contender = new(name, ContenderKind.Rival, plimsoll.Run(files.WritePlan(load, concurrency), $"{files.Folder}/state"));
            await MeasureAsync(run, contender, files, deadline, stopWhenBroken: false, cancellationToken);
        }

        JobFiles parallel = Files(seed, load);
        await MeasureAsync(run, Rivals.Parallel(parallel, load), parallel, deadline, stopWhenBroken: false, cancellationToken);
    }

    private async Task<ContenderResult> MeasureAsync(
        ContenderRun run, Contender contender, JobFiles files, TimeSpan deadline, bool stopWhenBroken, CancellationToken cancellationToken)
    {
        ContenderResult result = await run.RunAsync(contender, files, deadline, stopWhenBroken, cancellationToken);
        results.Add(result);
        done(result);
        return result;
    }

    private JobFiles Files(int seed, TortureLoad load) =>
        JobFiles.Write(Path.Combine(options.Folder, string.Create(CultureInfo.InvariantCulture, $"{seed}-{++folders:00}")), load);
}
