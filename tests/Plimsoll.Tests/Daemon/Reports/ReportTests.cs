using System.Diagnostics;
using System.Text.RegularExpressions;
using Plimsoll.Client.Reports;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Reports;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Reports;

/// <summary>A report tells what a run was, compares it, stays readable when it is large, and never executes what tasks are called.</summary>
public sealed partial class ReportTests
{
    private const string Hostile = "</title><script>alert(1)</script><img src=x onerror='alert(2)'>\u0007\u001b[31m\u202Eevil\"";

    [Fact]
    public async Task A_run_is_told_with_its_attempts_its_failures_and_what_never_ran()
    {
        using ProjectRig rig = new();
        await rig.RunAsync("""
            name: small
            tasks:
              good: { run: "exit 0" }
              bad: { run: "exit 3", retries: 1 }
              never: { run: "exit 0", needs: [bad] }
            """);

        ReportView report = ProjectRig.Value(await rig.Project.ReportAsync(new TaskAddress(null, null), ProjectRig.Token));

        Assert.Equal(("small", "finished", 3, 3, false), (report.Name, report.State, report.Counts.Total, report.Attempts, report.Aggregated));
        Assert.Equal(["bad", "good"], report.Lanes.Select(lane => lane.Name).Order());
        Assert.Equal(["failed", "failed"], report.Lanes.Single(lane => lane.Name == "bad").Bars.Select(bar => bar.Outcome));
        Assert.Equal("bad", Assert.Single(report.Retried).Name);
        Assert.Equal(["bad", "never"], report.Unsuccessful.Select(task => task.Name));
        Assert.Equal(240, report.Timeline.Count);
        Assert.Contains("three are needed", ReportPage.Write(report), StringComparison.Ordinal);
        Assert.False((await rig.Project.ReportAsync(new TaskAddress(9, null), ProjectRig.Token)).TryGet(out _, out Refusal? refusal));
        Assert.Equal(ExitCode.Invalid, refusal!.Code);
    }

    [Fact]
    public async Task A_run_that_takes_longer_than_its_predecessors_is_named_with_its_numbers()
    {
        using ProjectRig rig = new();
        for (int i = 0; i < 3; i++)
        {
            await rig.RunAsync("{ name: nightly, tasks: { build: { noop: 1ms, class: build }, test: { run: exit 0 } } }");
        }

        RunComparisonView few = await CompareAsync(3);
        Assert.Empty(few.Rows);
        Assert.Equal([2, 1], few.Before);
        RunComparisonView chosen = await CompareAsync(3, 1);
        Assert.Equal([1], chosen.Before);
        Assert.Contains(chosen.Rows, row => row is { Subject: "class build", Measure: "duration", Runs: 1 });

        await rig.RunAsync("{ name: nightly, tasks: { build: { noop: 2s, class: build }, test: { run: exit 0 } } }");
        RunComparisonView slow = await CompareAsync(4);
        Assert.Equal([3, 2, 1], slow.Before);
        Assert.Contains(slow.Rows, row => row is { Subject: "class build", Measure: "duration", Differs: true, Value: >= 1.9 } && row.Text.EndsWith("x as long as in its last 3 runs", StringComparison.Ordinal));
        Assert.DoesNotContain(slow.Rows, row => row is { Subject: "class exit", Measure: "attempts", Differs: true });
        Assert.Contains(slow.Rows, row => row is { Subject: "class exit", Measure: "attempts", Ratio: 1 });

        foreach (int[] wrong in (int[][])[[4, 4], [4, 9], [9]])
        {
            Assert.False((await rig.Project.CompareAsync(new TaskAddress(wrong[0], null), wrong[1..], ProjectRig.Token)).TryGet(out _, out Refusal? refusal));
            Assert.Equal(ExitCode.Invalid, refusal!.Code);
        }

        async Task<RunComparisonView> CompareAsync(int run, params int[] others) => ProjectRig.Value(await rig.Project.CompareAsync(new TaskAddress(run, null), others, ProjectRig.Token));
    }

    [Fact]
    public void Whatever_tasks_are_called_stays_text()
    {
        string page = ReportPage.Write(Report(5, Hostile));

        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u0007', page);
        Assert.DoesNotContain('\u001b', page);
        Assert.DoesNotContain('\u202E', page);
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(EventHandlerInTag(), page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotMatch(Address(), page);
    }

    [Theory]
    [InlineData("a\u0000b\u007Fc\u0085d", "a␀b␡c\uFFFDd")]
    [InlineData("tab\tline\nend", "tab␉line␊end")]
    [InlineData("日本 é 🚢", "日本 é 🚢")]
    [InlineData("a\u2028b\u200Bc\uFEFF", "a\uFFFDb\uFFFDc\uFFFD")]
    public void Control_and_format_characters_are_shown_and_not_obeyed(string text, string shown) => Assert.Equal(shown, SafeHtml.Of(text));

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("x\uFFFDy", SafeHtml.Of("x" + (char)0xD800 + "y"));

    [Fact]
    public void A_line_of_ten_megabytes_is_cut() => Assert.Equal(301, SafeHtml.Of(new string('<', 10_000_000)).Replace("&lt;", "<", StringComparison.Ordinal).Length);

    [Fact]
    public async Task Ten_thousand_tasks_are_drawn_by_class_in_a_file_of_bounded_size()
    {
        using ProjectRig rig = new();
        await using (RunSession session = ProjectRig.Value(await rig.Project.StartMapAsync(Many(TestLevel.Count(1000, 10_000, 10_000)), ProjectRig.Token)))
        {
            await ProjectRig.EndAsync(session);
        }

        long began = TimeProvider.System.GetTimestamp();
        ReportView report = ProjectRig.Value(await rig.Project.ReportAsync(new TaskAddress(null, null), ProjectRig.Token));
        string page = ReportPage.Write(report);
        TestContext.Current.SendDiagnosticMessage($"{report.Counts.Total} tasks: {page.Length / 1024} kB in {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:0} ms");

        Assert.True(report.Aggregated);
        Assert.Single(report.Lanes);
        Assert.True(page.Length < 500_000, $"{page.Length} characters");
    }

    [Fact]
    public async Task In_a_real_browser_it_shows_its_text_and_runs_nothing()
    {
        Component.Require("chromium");
        string folder = Directory.CreateTempSubdirectory("plimsoll-report-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "report.html"), ReportPage.Write(Report(5, Hostile)));
            using var browser = Process.Start(new ProcessStartInfo(
                "chromium",
                ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", $"--user-data-dir={folder}/profile", "--virtual-time-budget=2000", "--dump-dom", $"file://{folder}/report.html"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = browser.StandardError.ReadToEndAsync(ProjectRig.Token);
            string dom = await browser.StandardOutput.ReadToEndAsync(ProjectRig.Token).WaitAsync(TimeSpan.FromMinutes(1), ProjectRig.Token);
            await browser.WaitForExitAsync(ProjectRig.Token).WaitAsync(TimeSpan.FromSeconds(30), ProjectRig.Token);
            Assert.True(dom.Contains("<h1>Run 5:", StringComparison.Ordinal), await errors);
            Assert.DoesNotContain("<script", dom, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", dom, StringComparison.OrdinalIgnoreCase);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static MapRequest Many(int count) =>
        new(["true"], false, null, Items(count), null, 0, null, null, Direct: true);

    private static async IAsyncEnumerable<MapItem> Items(int count)
    {
        await Task.CompletedTask;
        for (int i = 1; i <= count; i++)
        {
            yield return new MapItem(i, $"{i}");
        }
    }

    private static ReportView Report(int run, string name) => new(
        run,
        name,
        "finished",
        Start,
        Start,
        60,
        new TaskCountsView(0, 0, 0, 0, 0, 1, 0, 0, 0, 0),
        1,
        null,
        [new ReportClassView(name, 1, 1, 0, 60, 60, 60, 1 << 20, 0.5)],
        [new ReportLaneView(name, name, [new ReportBarView(1, 0, 60, "succeeded")], [])],
        false,
        [.. Enumerable.Range(0, 240).Select(i => new ReportPointView(i / 4.0, 1, i % 50 == 0 ? null : 1 << 20))],
        [new ReportTaskView(name, name, "succeeded", 1, 60, 1 << 20, name, null)],
        [],
        [],
        [],
        [new ComparisonView(name, "duration", 60, 30, 2, 10, 9, true, $"{name} took 2x as long")],
        10);

    private static DateTimeOffset Start { get; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [GeneratedRegex(@"<[^>]*\son\w+\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex EventHandlerInTag();

    [GeneratedRegex(@"<[^>]*\s(?:src|href)\s*=|url\(|@import", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
