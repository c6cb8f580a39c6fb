using System.Globalization;
using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Benchmarks;

/// <summary>The torture benchmark, small: with the load unbounded the host is lost, with Plimsoll nothing is.</summary>
public sealed class TortureTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_load_that_kills_the_host_unbounded_is_finished_by_plimsoll_without_a_kill()
    {
        int seeds = TestLevel.Count(0, 1, 4);
        Assert.SkipWhen(seeds == 0, "a minute long: levels all and soak");
        MemoryCgroups.Require();
        using TemporaryProject project = new();
        string[] arguments =
        [
            "bench", "torture", "--json", "--jobs", "30", "--seeds", seeds.ToString(CultureInfo.InvariantCulture), "--deadline", "60s",
            "--contenders", "plimsoll", "--contenders", "control", "--folder", project.Folder,
        ];
        using RunningProcess bench = project.Start(arguments);
        ProcessResult ran = await bench.WaitAsync(Cancel, TimeSpan.FromMinutes(2 * seeds));

        TortureReportView report = JsonSerializer.Deserialize(ran.Stdout, PlimsollJsonContext.Default.TortureReportView)!;
        Assert.Equal(seeds, report.Seeds.Count);
        bool controlFailed = report.Seeds.All(seed => !seed.Contenders.Single(one => one.Kind == "control").Clean);
        foreach (TortureSeedView seed in report.Seeds)
        {
            foreach (TortureContenderView plimsoll in seed.Contenders.Where(one => one.Kind != "control"))
            {
                Assert.True(plimsoll.Clean, $"{plimsoll.Name}: {plimsoll}");
                Assert.Equal(0, plimsoll.HostKills);
            }
        }

        Assert.Empty(Directory.GetDirectories(project.Folder, "plimsoll-torture-*"));
        Assert.False(Directory.Exists($"{MemoryCgroups.Own}/torture-{bench.Pid}"));

        // Jobs that wait for a processor before they allocate never meet in memory.
        Assert.SkipWhen(!controlFailed && LoadAverage() > 2 * Environment.ProcessorCount, "the machine is too busy for the control to fail");
        Assert.True(controlFailed, "the control survived: the load proves nothing");
    }

    [Fact]
    public async Task A_benchmark_that_is_killed_leaves_no_process_no_cgroup_and_no_file()
    {
        MemoryCgroups.Require();
        using TemporaryProject project = new();
        using RunningProcess bench = project.Start("bench", "torture", "--jobs", "4", "--contenders", "plimsoll", "--folder", project.Folder);
        string host = $"{MemoryCgroups.Own}/torture-{bench.Pid}";
        int[] members = [];
        await TemporaryProject.UntilAsync(() => (members = Members(host)).Length > 1, "jobs run in the host that is played");

        bench.Send(Signal.Kill);
        await TemporaryProject.UntilAsync(() => !Directory.Exists(host), $"{host} is removed", 30);
        await TemporaryProject.UntilAsync(() => Directory.GetDirectories(project.Folder, "plimsoll-torture-*").Length == 0, "its files are removed", 30);
        await TemporaryProject.UntilAsync(() => !members.Any(Signal.Exists), "none of its processes lives", 30);
    }

    [Fact]
    public async Task What_cannot_be_measured_is_refused_with_what_to_change()
    {
        using TemporaryProject project = new();
        ProcessResult unknown = await project.PlimsollAsync("bench", "torture", "--scenario", "nonsense");
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("there are mixed, homogeneous, claude, agents", unknown.Stderr, StringComparison.Ordinal);

        ProcessResult nowhere = await project.PlimsollAsync("bench", "torture", "--cgroup", project.Folder);
        Assert.Equal(3, nowhere.ExitCode);
        Assert.Contains("is no memory cgroup", nowhere.Stderr, StringComparison.Ordinal);
        Assert.Equal(2, (await project.PlimsollAsync("bench", "speed")).ExitCode);
    }

    private static double LoadAverage() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static int[] Members(string group)
    {
        try
        {
            return [.. Directory.EnumerateFiles(group, "cgroup.procs", SearchOption.AllDirectories)
                .SelectMany(File.ReadAllLines)
                .Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
