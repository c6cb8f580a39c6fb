using Plimsoll.Cli.Terminal;
using Plimsoll.Cli.Top;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Runs;
using Xunit;

namespace Plimsoll.Tests.Cli.Top;

public sealed class TopPageTests
{
    private const long Mebibyte = 1 << 20;

    private static readonly OverviewView s_overview = new(
        DateTimeOffset.UnixEpoch,
        "ok",
        null,
        null,
        new ConcurrencyView(2, 8),
        new LoadLineView(4096 * Mebibyte, 205 * Mebibyte, 3891 * Mebibyte, 400 * Mebibyte, 900 * Mebibyte, 300 * Mebibyte, 30 * Mebibyte, 500 * Mebibyte, 2700 * Mebibyte),
        new ProcessorView(0.4, null),
        new TaskCountsView(5, 3, 2, 0, 0, 11, 0, 1, 0, 0),
        [
            new("1.2", "build", "build", 1, "running", 61, 200 * Mebibyte, 250 * Mebibyte, 250 * Mebibyte, 0),
            new("1.3", "review[a.cs]", "review", 1, "frozen", 7, 700 * Mebibyte, 700 * Mebibyte, 430 * Mebibyte, 370 * Mebibyte),
        ],
        [new("1.4", "review\e[31m[b.cs]", new ReasonView("memory", "needs 600M, 320M are left", "600M", "320M", "the end of a task"))],
        [new("memory", 3, "needs 600M, 320M are left")],
        [new(1, "nightly", "running", new TaskCountsView(5, 3, 2, 0, 0, 11, 0, 1, 0, 0), 40)]);

    [Fact]
    public void It_shows_the_load_line_what_runs_what_waits_and_why()
    {
        string page = Draw(TopState.Start, 100);
        Assert.Contains("Plimsoll ok  2 running of at most 8, 3 could run, 5 wait for needs, 12 of 22 ended", page, StringComparison.Ordinal);
        Assert.Contains("55 % loaded of 3.8G: 930M used, 300M owed, 500M for bursts, 400M by others", page, StringComparison.Ordinal);
        Assert.Contains("3 for memory", page, StringComparison.Ordinal);
        Assert.Contains("needs 600M, 320M are left", page, StringComparison.Ordinal);
        Assert.Contains("run 1 nightly  running, 12 of 22 ended, 1 failed", page, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', page);
        Assert.True(page.IndexOf("review[a.cs]", StringComparison.Ordinal) < page.IndexOf("build ", StringComparison.Ordinal), "the largest first");
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(200)]
    public void No_line_is_wider_than_the_terminal(int width) =>
        Assert.All(Lines(TopState.Start, width, 24), line => Assert.True(line.Columns < Math.Max(21, width), $"{line.Columns}: {line.Painted}"));

    [Fact]
    public void Arrows_walk_over_what_runs_and_what_waits()
    {
        TopState state = TopState.Start.Move(s_overview, 1);
        Assert.Equal("1.3", state.Selected);
        state = state.Move(s_overview, 1).Move(s_overview, 1).Move(s_overview, 1);
        Assert.Equal("1.4", state.Selected);
        Assert.Equal("1.2", state.Move(s_overview, -1).Selected);
        Assert.Contains("▸ review[b.cs]", Draw(state, 100).Replace("␛[31m", "", StringComparison.Ordinal).Replace("\\x1b[31m", "", StringComparison.Ordinal).Replace("^[[31m", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Why_takes_the_place_of_the_lists()
    {
        var why = new ExplanationView(1, "build", "ready", [new ReasonView("lock", "lock gpu is held by render", "1", "0", "the end of render")], []);
        string page = Draw(TopState.Start with { Why = why }, 100);
        Assert.Contains("1/build ready", page, StringComparison.Ordinal);
        Assert.Contains("released by the end of render", page, StringComparison.Ordinal);
        Assert.DoesNotContain("RUNNING", page, StringComparison.Ordinal);
    }

    private static string Draw(TopState state, int width) => string.Join('\n', Lines(state, width, null).Select(static line => line.Painted));

    private static IReadOnlyList<LiveLine> Lines(TopState state, int width, int? height) =>
        new TopPage(new FakeTerminal(terminal: true, width: width, FakeTerminal.NoColor).Out, height).Lines(s_overview, state);
}
