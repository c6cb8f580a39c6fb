using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Benchmarks;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>Measures synthetic jobs of known size through the command line.</summary>
public sealed class BenchTests
{
    private const double Mebibyte = 1 << 20;

    [Fact]
    public async Task A_baseline_is_written_as_json_and_markdown_and_equals_itself()
    {
        using TemporaryProject project = new();
        (await project.PlimsollAsync("bench", "baseline", "-n", "3", "--interval", "100ms", "--isolation", "bare,none", "--", TemporaryProject.Executable, "burn", "--memory", "120M", "--seconds", "1")).Ended(0);
        string file = Assert.Single(Directory.GetFiles(project.PathOf("docs/logs/benchmarks"), "*-baseline.json"));
        BaselineReportView report = JsonSerializer.Deserialize(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), PlimsollJsonContext.Default.BaselineReportView)!;
        Assert.Equal(["bare", "none"], report.Series.Select(series => series.Isolation));
        Assert.All(report.Series.SelectMany(series => series.Trials), trial =>
        {
            Assert.Equal("succeeded", trial.Outcome);
            // The job counts its own program as part of what it holds; the measurement counts pages shared with other programs in part.
            Assert.InRange(trial.PeakBytes / Mebibyte, 80, 160);
        });
        Assert.True(File.Exists(Path.ChangeExtension(file, ".md")));

        ProcessResult compared = await project.PlimsollAsync("bench", "compare", file, file, "--threshold", "400%");
        compared.Ended(0);
        Assert.Contains("pass", compared.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_smallest_limit_is_found_in_at_most_12_runs_and_written_into_the_configuration()
    {
        using TemporaryProject project = new();
        ProcessResult found = await project.PlimsollAsync("bench", "recommend", "--apply", "--name", "burner", "--interval", "100ms", "--json", "--", TemporaryProject.Executable, "burn", "--memory", "200M", "--seconds", "1");
        Component.RequireThat(found.ExitCode != 3, "cgroups that enforce limits");
        found.Ended(0);
        RecommendationView report = JsonSerializer.Deserialize(found.Stdout, PlimsollJsonContext.Default.RecommendationView)!;
        Assert.InRange(report.Runs, 3, 12);
        Assert.InRange(report.MinimumBytes / (double)report.BelowBytes, 1, 1.05);
        Assert.InRange(report.MinimumBytes / Mebibyte, 140, 215);
        Assert.Equal([16L << 30, 32L << 30, 64L << 30, 128L << 30], report.Hosts.Select(host => host.TotalBytes));
        Assert.Contains("+  burner:", report.Applied, StringComparison.Ordinal);
        (await project.PlimsollAsync("config")).Ended(0);
    }

    [Fact]
    public async Task A_stress_matrix_tells_kills_apart_and_is_resumed_where_it_stopped()
    {
        using TemporaryProject project = new();
        string[] job = ["--", TemporaryProject.Executable, "burn", "--memory", "150M", "--seconds", "1"];
        ProcessResult first = await project.PlimsollAsync(["bench", "stress", "--at-once", "1", "--memory", "80M,250M", "--cpu", "unlimited", "--json", .. job]);
        Component.RequireThat(first.ExitCode != 3, "cgroups that enforce limits");
        StressReportView report = JsonSerializer.Deserialize(first.Ended(0).Stdout, PlimsollJsonContext.Default.StressReportView)!;
        Assert.Equal([(0.0, 1), (1.0, 0)], report.Cells.Select(cell => (cell.CompletionRate, cell.OwnKills)));

        string file = Assert.Single(Directory.GetFiles(project.PathOf("docs/logs/benchmarks"), "*-stress.json"));
        ProcessResult resumed = await project.PlimsollAsync(["bench", "stress", "--resume", file, "--at-once", "1,2", "--memory", "250M", "--cpu", "unlimited", "--json", .. job]);
        report = JsonSerializer.Deserialize(resumed.Ended(0).Stdout, PlimsollJsonContext.Default.StressReportView)!;
        Assert.Equal(["1x80Mxunlimited", "1x250Mxunlimited", "2x250Mxunlimited"], report.Cells.Select(cell => cell.Name));
        (await project.PlimsollAsync("bench", "stress", "--resume", file, "--", "true")).Ended(2);
    }

    [Theory]
    [InlineData("baseline")]
    [InlineData("baseline", "--interval", "10ms", "--", "true")]
    [InlineData("baseline", "--agent", "nobody")]
    [InlineData("baseline", "--isolation", "jail", "--", "true")]
    [InlineData("stress", "--at-once", "0", "--", "true")]
    [InlineData("stress", "--memory", "some", "--", "true")]
    [InlineData("stress", "--profile", "wild", "--", "true")]
    [InlineData("stress", "--duration", "2m", "--", "true")]
    [InlineData("recommend", "--name", "1st", "--", "true")]
    [InlineData("compare", "only-one.json")]
    [InlineData("compare", "a.json", "b.json")]
    public async Task What_cannot_be_measured_is_refused_with_a_reason(params string[] words)
    {
        using TemporaryProject project = new();
        ProcessResult refused = await project.PlimsollAsync(["bench", .. words]);
        refused.Ended(2);
        Assert.NotEqual("", refused.Stderr);
        Assert.False(Directory.Exists(project.PathOf("docs")));
    }

    [Fact]
    public async Task Seeds_of_faults_break_no_invariant()
    {
        using TemporaryProject project = new();
        (await project.PlimsollAsync("simulate", "--faults", "--seeds", "100")).Ended(0);
        (await project.PlimsollAsync("simulate", "plan.yaml", "--faults")).Ended(2);
    }
}
