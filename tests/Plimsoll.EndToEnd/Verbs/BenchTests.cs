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
        Assert.NotEqual(2, (await project.PlimsollAsync("bench", "compare", file, file)).ExitCode);
    }

    [Theory]
    [InlineData("10, 11, 10, 11, 10", 0, "pass")]
    [InlineData("20, 21, 20, 21, 20", 1, "regression")]
    [InlineData("2, 30, 9, 14, 10", 3, "inconclusive")]
    [InlineData("10", 3, "inconclusive")]
    public async Task A_report_is_told_from_an_earlier_one_by_exit_codes(string values, int code, string verdict)
    {
        using TemporaryProject project = new();
        project.Write("before.json", """{"measures": [{"name": "wall", "unit": "s", "lower_is_better": true, "values": [10, 11, 10, 11, 10]}]}""");
        project.Write("after.json", $$"""{"measures": [{"name": "wall", "unit": "s", "lower_is_better": true, "values": [{{values}}]}]}""");
        ProcessResult compared = (await project.PlimsollAsync("bench", "compare", "before.json", "after.json", "--threshold", "15%")).Ended(code);
        Assert.Contains(verdict, compared.Stdout, StringComparison.Ordinal);
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
    [InlineData("baseline", "--isolation", "bare,container", "--", "true")]
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
    public async Task Where_no_report_can_be_written_nothing_is_measured()
    {
        using TemporaryProject project = new();
        project.Write("file", "");
        ProcessResult refused = await project.PlimsollAsync("bench", "baseline", "--reports", "file/reports", "--", "sh", "-c", "touch ran");
        refused.Ended(3);
        Assert.Contains("--reports", refused.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(project.PathOf("ran")));
    }

    [Fact]
    public async Task A_job_that_fails_alone_is_no_load_and_says_why()
    {
        using TemporaryProject project = new();
        ProcessResult refused = await project.PlimsollAsync("bench", "stress", "--at-once", "1", "--", "sh", "-c", "echo broken >&2; exit 3");
        Component.RequireThat(refused.ExitCode != 3, "cgroups that enforce limits");
        refused.Ended(1);
        Assert.Contains("failed with exit code 3", refused.Stderr, StringComparison.Ordinal);
        Assert.Contains("broken", refused.Stderr, StringComparison.Ordinal);
        ProcessResult alone = await project.PlimsollAsync("bench", "baseline", "-n", "1", "--isolation", "bare", "--", "sh", "-c", "echo broken >&2; exit 3");
        Assert.Contains("failed: broken", alone.Ended(1).Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_applied_is_refused_before_it_is_measured()
    {
        using TemporaryProject project = new();
        project.Write("plimsoll.yaml", "host: {cores: 4}\n");
        ProcessResult refused = await project.PlimsollAsync("bench", "recommend", "--apply", "--", "sh", "-c", "touch ran");
        refused.Ended(2);
        Assert.Contains("line 1", refused.Stderr, StringComparison.Ordinal);
        Assert.False(File.Exists(project.PathOf("ran")));
    }

    [Theory]
    [InlineData("{\"measures\": [{\"name\": \"wall\"}]}", "'wall'")]
    [InlineData("{\"measures\": [null]}", "without a name")]
    [InlineData("{\"measures\": [{\"name\": \"wall\", \"unit\": \"s\", \"values\": [1e999]}]}", "wall")]
    [InlineData("[]", "cannot be compared")]
    [InlineData("", "cannot be compared")]
    public async Task A_report_that_is_none_is_refused_with_its_name(string text, string said)
    {
        using TemporaryProject project = new();
        project.Write("a.json", text);
        ProcessResult refused = await project.PlimsollAsync("bench", "compare", "a.json", "a.json");
        refused.Ended(2);
        Assert.Contains("a.json", refused.Stderr, StringComparison.Ordinal);
        Assert.Contains(said, refused.Stderr, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bench", "compare", "/dev/zero", "/dev/zero")]
    [InlineData("simulate", "endless.json")]
    public async Task A_file_without_end_is_refused(params string[] words)
    {
        using TemporaryProject project = new();
        File.CreateSymbolicLink(project.PathOf("endless.json"), "/dev/zero");
        ProcessResult refused = await project.PlimsollAsync(words);
        refused.Ended(2);
        Assert.Contains("64 MiB", refused.Stderr, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_is_told_although_its_page_cannot_be_written()
    {
        using TemporaryProject project = new();
        ProcessResult ended = await project.PlimsollAsync("simulate", "generate:tasks=10", "--html", "none/page.html");
        ended.Ended(3);
        Assert.Contains("load-line", ended.Stdout, StringComparison.Ordinal);
        (await project.PlimsollAsync("simulate", "generate:tasks=10", "--html", "page.html")).Ended(0);
        Assert.Contains("<svg", await File.ReadAllTextAsync(project.PathOf("page.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--faults", "--nodes", "3")]
    [InlineData("--faults", "--html", "page.html")]
    [InlineData("generate", "--node", "2x4G", "--nodes", "3")]
    [InlineData("generate:tasks=0")]
    public async Task What_would_be_ignored_is_refused(params string[] words)
    {
        using TemporaryProject project = new();
        (await project.PlimsollAsync(["simulate", .. words])).Ended(2);
    }

    [Fact]
    public async Task A_night_of_failures_retries_and_cancellations_is_replayed_as_it_was()
    {
        using TemporaryProject project = new();
        project.Write("night.yaml", """
            tasks:
              good: { matrix: { n: ["1", "2", "3"] }, run: "true" }
              flaky: { run: 'test -e flag || { touch flag; exit 1; }', retries: 1 }
              bad: { run: "exit 3" }
              after: { needs: [bad], run: "sleep 600" }
              slow: { run: "touch begun; sleep 600" }
              last: { needs: [slow], run: "sleep 600" }
            """);
        using (RunningProcess night = project.Start("run", "-q", "night.yaml"))
        {
            await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("begun")), "the task that is to be cancelled runs");
            (await project.PlimsollAsync("cancel", "1/last")).Ended(0);
            (await project.PlimsollAsync("cancel", "1/slow")).Ended(0);
            (await night.WaitAsync(TestContext.Current.CancellationToken)).Ended(1);
        }

        project.Write("second.yaml", "tasks: { one: { run: \"true\" } }");
        (await project.PlimsollAsync("run", "-q", "second.yaml")).Ended(0);
        using JsonDocument one = JsonDocument.Parse((await project.PlimsollAsync("simulate", "1", "--json", "--policy", "load-line,fixed:1")).Ended(0).Stdout);
        Assert.Equal(8, one.RootElement.GetProperty("tasks").GetInt32());
        foreach (JsonElement run in one.RootElement.GetProperty("runs").EnumerateArray())
        {
            Assert.True(run.GetProperty("over_bound").GetDouble() > 0.999, "no schedule beats the bound: what never ran takes nothing");
            Assert.InRange(run.GetProperty("succeeded").GetInt32(), 4, 6);
            Assert.Equal(0, run.GetProperty("unfinished").GetInt32());
            Assert.InRange(run.GetProperty("makespan_seconds").GetDouble(), 0, 500);
        }

        using JsonDocument both = JsonDocument.Parse((await project.PlimsollAsync("simulate", "1-", "--memory", "64G", "--json")).Ended(0).Stdout);
        Assert.Equal(9, both.RootElement.GetProperty("tasks").GetInt32());
        Assert.True(both.RootElement.GetProperty("runs")[0].GetProperty("makespan_seconds").GetDouble() >= one.RootElement.GetProperty("runs")[0].GetProperty("makespan_seconds").GetDouble() - 1);
        (await project.PlimsollAsync("simulate", "7-")).Ended(2);
    }

    [Fact]
    public async Task Seeds_of_faults_break_no_invariant()
    {
        using TemporaryProject project = new();
        (await project.PlimsollAsync("simulate", "--faults", "--seeds", "100")).Ended(0);
        (await project.PlimsollAsync("simulate", "plan.yaml", "--faults")).Ended(2);
    }
}
