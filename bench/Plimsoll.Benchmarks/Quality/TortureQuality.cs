using Plimsoll.Benchmarks.Frame;
using Plimsoll.Calibration.Torture;
using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Calibration.Torture.Reporting;
using Plimsoll.Core.Units;

namespace Plimsoll.Benchmarks.Quality;

/// <summary>The torture benchmark with everything it compares with, on one seed after the other.</summary>
internal sealed class TortureQuality : IBenchmark
{
    private const int Jobs = 36;
    private static readonly Bytes Host = Bytes.FromMebibytes(1024);

    public string Verb => "torture";

    public string Question => "Does a host of 1 GiB live through 36 jobs that mean harm, and how long do they take beside the best static width?";

    public string Control => "the same jobs all at once: the kernel must kill or the host stand still";

    public string Rivals => "xargs -P at searched widths, plimsoll with static policies, GNU parallel --memfree; `plimsoll bench torture` has more scenarios";

    public Verdict? Run(BenchmarkOptions options, TextWriter output)
    {
        using Workbench bench = new();
        TortureOptions torture = new(
            Workbench.Plimsoll,
            bench.Folder,
            TortureScenario.Mixed,
            Host,
            HostCgroup: null,
            [.. Enumerable.Range(options.Count("seed", 1), options.Count("seeds", 1))],
            Jobs,
            Enum.GetValues<ContenderKind>().ToHashSet(),
            Deadline: null,
            Keep: true,
            AgentFolder: bench.Folder);
        TortureReport report = TortureBench.RunAsync(torture, TimeProvider.System, line => output.WriteLine($"  {line}"), CancellationToken.None).GetAwaiter().GetResult();
        bool controlFailed = true;
        foreach (SeedReport seed in report.Seeds)
        {
            foreach (TortureCheck check in seed.Checks)
                output.WriteLine($"  {(check.Met switch { true => "met   ", false => "MISSED", null => "open  " })} seed {seed.Seed}: {check.What}: {check.Measured}");
            controlFailed &= seed.Results.Any(result => result is { Kind: ContenderKind.Control, IsClean: false });
        }

        return !controlFailed ? Verdict.Inconclusive : report.IsMet ? Verdict.Met : Verdict.Missed;
    }
}
