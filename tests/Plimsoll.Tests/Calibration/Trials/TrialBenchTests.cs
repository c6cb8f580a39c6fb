using Plimsoll.Calibration.Stress;
using Plimsoll.Calibration.Trials;
using Plimsoll.Core.Units;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.Trials;

/// <summary>Real processes in real cgroups: what is told of a job is what it did.</summary>
public sealed class TrialBenchTests : IDisposable
{
    private const long Mebibyte = 1 << 20;

    /// <summary>Holds memory for a time: the shell's own string.</summary>
    private const string Hold = "x=$(head -c $1 /dev/zero | tr '\\0' x); sleep $2";

    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-trials-").FullName;
    private readonly List<string> notices = [];
    private readonly TrialBench bench;

    public TrialBenchTests()
    {
        bench = new TrialBench(new TrialOptions(folder, TimeSpan.FromMilliseconds(50), new Bytes(400 * Mebibyte), ["PATH=/usr/bin:/bin"]), TimeProvider.System, notices.Add);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        bench.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_job_alone_is_read_from_start_to_end()
    {
        TrialRun run = await bench.RunAsync(Job(100, 0.6, TrialIsolation.None), TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);
        TrialResult result = Assert.Single(run.Results);
        Assert.Equal((TrialOutcome.Succeeded, 0), (result.Outcome, result.ExitCode));
        Assert.InRange(result.PeakBytes, 100 * Mebibyte, 400 * Mebibyte);
        Assert.True(result.WallSeconds >= 0.6);
        Assert.True(result.Points.Count >= 3, $"{result.Points.Count} points");
        Assert.True(result.LaunchSeconds is >= 0 and < 30);
        Assert.Equal(0, run.Host.MostSwapShare > 0.5 ? 1 : 0);
    }

    /// <summary>Held for less than lies between two readings, by a process that is smaller than this test: only its cgroup tells.</summary>
    [Fact]
    public async Task The_peak_of_a_job_that_lives_for_a_moment_is_its_cgroups()
    {
        TrialResult result = await GroupedAsync("head -c 24M /dev/zero | tail -c 24M >/dev/null");
        Assert.InRange(result.PeakBytes, 23 * Mebibyte, 34 * Mebibyte);
    }

    [Fact]
    public async Task Page_cache_is_not_part_of_the_peak()
    {
        Component.RequireThat(new DriveInfo(folder).DriveFormat != "tmpfs", "a folder for temporary files on a disk");
        TrialResult result = await GroupedAsync("head -c 60M /dev/zero >$JOB/written");
        Assert.InRange(result.PeakBytes, 1, 20 * Mebibyte);
    }

    [Fact]
    public async Task A_failure_a_missing_program_and_a_deadline_are_told_apart()
    {
        Assert.Equal((TrialOutcome.Failed, 3), await Outcome("exit 3"));
        TrialRun missing = await bench.RunAsync(new TrialJob(["/no/such/program"], folder, TrialIsolation.None, null, null, null), TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);
        Assert.NotEqual(TrialOutcome.Succeeded, missing.Results[0].Outcome);
        Assert.NotNull(missing.Results[0].Error);
        TrialRun late = await bench.RunAsync(Shell("sleep 60"), TrialScript.Together(1, TimeSpan.FromMilliseconds(300)), Token);
        Assert.Equal(TrialOutcome.TimedOut, late.Results[0].Outcome);
    }

    [Fact]
    public async Task A_kill_for_the_jobs_own_limit_and_one_by_the_host_are_told_apart()
    {
        Component.RequireThat(bench.MissingCgroups is null, $"cgroups: {bench.MissingCgroups}");
        TrialRun own = await bench.RunAsync(Job(150, 5, TrialIsolation.Cgroup) with { Memory = new Bytes(60 * Mebibyte) }, TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);
        Assert.Equal(TrialOutcome.OwnLimit, own.Results[0].Outcome);

        TrialJob job = Job(150, 5, TrialIsolation.Cgroup) with { Memory = new Bytes(390 * Mebibyte) };
        TrialRun host = await bench.RunAsync(job, TrialScript.Together(3, TimeSpan.FromMinutes(1), StressBench.Trouble), Token);
        Assert.True(host.Count(TrialOutcome.HostKill) > 0);
        Assert.NotNull(host.Stopped);
        Assert.Equal(3, host.Results.Count);
    }

    [Fact]
    public async Task A_row_ends_at_a_kill_by_the_host_and_a_resumed_matrix_passes_over_what_is_done()
    {
        Component.RequireThat(bench.MissingCgroups is null, $"cgroups: {bench.MissingCgroups}");
        var matrix = new StressMatrix([1, 4, 6], [new Bytes(390 * Mebibyte)], [null]);
        List<string> measured = [];
        TrialJob job = Job(150, 1, TrialIsolation.Cgroup);
        await StressBench.RunAsync(bench, job, matrix, TimeSpan.FromMinutes(1), new StressProgress(new HashSet<string>(), 1), cell => measured.Add(cell.Cell.Name), Token);
        Assert.Equal(["1x390Mxunlimited", "4x390Mxunlimited"], measured);

        measured.Clear();
        var earlier = new StressProgress(new HashSet<string> { "1x390Mxunlimited" }, 1);
        await StressBench.RunAsync(bench, job, matrix with { Agents = [1, 2] }, TimeSpan.FromMinutes(1), earlier, cell => measured.Add(cell.Cell.Name), Token);
        Assert.Equal(["2x390Mxunlimited"], measured);
    }

    [Fact]
    public async Task Cancelling_ends_every_job()
    {
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var script = new TrialScript(
            state =>
            {
                if (state.Live == 2)
                {
                    cancel.Cancel();
                }

                return 2 - state.Started;
            },
            static _ => false,
            static _ => null,
            TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => bench.RunAsync(Shell("echo $$ >$JOB/pid; sleep 300"), script, cancel.Token));
        foreach (string file in Directory.GetFiles(folder, "pid", SearchOption.AllDirectories))
        {
            string text = (await File.ReadAllTextAsync(file, Token)).Trim();
            Assert.False(text.Length > 0 && Directory.Exists($"/proc/{text}"), $"process {text} is alive");
        }
    }

    /// <summary>Seconds at level quick, 2 minutes at all, 10 at soak; 8 hours in docs/operations.md.</summary>
    [Fact]
    public async Task Endurance_passes_without_growing_or_slowing_down()
    {
        var duration = TimeSpan.FromSeconds(TestLevel.Count(4, 120, 600));
        TrialJob job = Job(30, 0.8, bench.MissingCgroups is null ? TrialIsolation.Cgroup : TrialIsolation.None);
        TrialRun alone = await bench.RunAsync(job, TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);

        // Other tests share the machine: only getting slower over time would be ours, and only by a lot.
        var plan = new ProfilePlan(LoadProfile.Find("endurance")!, duration, 4, TimeSpan.FromMinutes(1), Math.Max(20, 20 * alone.Results[0].WallSeconds));
        ProfileResult result = await ProfileBench.RunAsync(bench, job, plan, static _ => { }, Token);
        Assert.True(result.Failures.Count == 0, string.Join("; ", result.Failures));
        Assert.True(result.Run.Results.Count >= 3, $"only {result.Run.Results.Count} jobs ended");
    }

    private static TrialJob Job(int mebibytes, double seconds, TrialIsolation isolation) =>
        new(["/bin/sh", "-c", Hold, "sh", $"{mebibytes}M", seconds.ToString(System.Globalization.CultureInfo.InvariantCulture)], null, isolation, null, null, null);

    private static TrialJob Shell(string line) => new(["/bin/sh", "-c", line], null, TrialIsolation.None, null, null, null);

    private async Task<TrialResult> GroupedAsync(string line)
    {
        Component.RequireThat(bench.MissingCgroups is null, $"cgroups: {bench.MissingCgroups}");
        TrialRun run = await bench.RunAsync(Shell(line) with { Isolation = TrialIsolation.Cgroup }, TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);
        TrialResult result = Assert.Single(run.Results);
        Assert.Equal(TrialOutcome.Succeeded, result.Outcome);
        return result;
    }

    private async Task<(TrialOutcome Outcome, int? ExitCode)> Outcome(string line)
    {
        TrialRun run = await bench.RunAsync(Shell(line), TrialScript.Together(1, TimeSpan.FromMinutes(1)), Token);
        return (run.Results[0].Outcome, run.Results[0].ExitCode);
    }
}
