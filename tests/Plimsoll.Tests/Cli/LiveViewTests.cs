using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Runs;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class LiveViewTests
{
    private static readonly ProgressView s_progress = new(
        7,
        133,
        new TaskCountsView(20, 3, 3, 0, 1, 11, 1, 1, 0, 2),
        [new("review[a.cs]", 1, 62.4, 431_000_000), new("build", 2, 7, 0), new("世界", 1, 3700, 1_600_000_000)],
        [new("review[b.cs]", "needs 600M, 320M free"), new("deploy", "waits for build")],
        341,
        new MemoryView(16L << 30, 3_300_000_000, 2L << 30),
        new ConcurrencyView(3, 8),
        false);

    [Fact]
    public void It_shows_how_far_what_runs_and_what_waits_within_80_columns()
    {
        const string Expected = """

            ━━━━─────────  15 of 42 ended, 2 failed, 1 retrying       2:13, about 5:41 left
            3 running of at most 8, memory 3.07G free of 16G, 2G kept back
              ▸ review[a.cs]     1:02    411M
              ▸ build            0:07       –  attempt 2
              ▸ 世界          1:01:40   1.49G
              · review[b.cs]  needs 600M, 320M free
              · deploy        waits for build
                and 22 more waiting
            """;
        IReadOnlyList<LiveLine> lines = LiveView.Lines(s_progress, new FakeTerminal(terminal: true, width: 80, FakeTerminal.NoColor).Error);
        Assert.Equal(Expected, string.Join('\n', lines.Select(line => line.Painted)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_reaches_the_last_column(int width)
    {
        ProgressView wide = s_progress with { Waiting = [new(new string('長', 200), new string('x', 500))] };
        foreach (LiveLine line in LiveView.Lines(wide, new FakeTerminal(terminal: true, width, FakeTerminal.NoColor).Error))
        {
            Assert.InRange(line.Columns, 0, width - 1);
            Assert.Equal(line.Columns, TextWidth.Of(line.Painted));
        }
    }

    [Fact]
    public void A_name_cannot_control_the_terminal()
    {
        ProgressView evil = s_progress with { Running = [new("x\x1b[2Jy\r", 1, 1, 1)] };
        IReadOnlyList<LiveLine> lines = LiveView.Lines(evil, new FakeTerminal(terminal: true, 80, FakeTerminal.NoColor).Error);
        Assert.DoesNotContain(lines, line => line.Painted.Any(char.IsControl));
    }

    [Fact]
    public void A_region_takes_away_as_many_rows_as_it_drew()
    {
        var terminal = new FakeTerminal(terminal: true, 80, FakeTerminal.NoColor);
        var region = new LiveRegion(terminal.Error);
        region.Show([new("one", 3), new("two", 3)]);
        region.Show([new("three", 5)]);
        region.Erase();
        region.Erase();
        Assert.Equal("one\ntwo\n\r\x1b[2A\x1b[Jthree\n\r\x1b[1A\x1b[J", terminal.Complained);
    }
}
