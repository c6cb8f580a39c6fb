using Plimsoll.Cli.Running;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class RunPrinterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("plimsoll-print-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_piped_run_is_a_line_per_event_and_a_summary()
    {
        var terminal = new FakeTerminal();
        Print(terminal);
        Assert.Equal(
            """
            Run 7 (nightly) begins with 3 tasks; its state is in /p/.plimsoll
            build      started
            build    | raw [2J
            build    ! careful
            build      succeeded after 2.3 s, 117M
            lint       attempt 1: timed out after 3.0 s, again in 800 ms
            lint       failed for good, SIGSEGV, after 1.0 s (used up 1 retry)
            deploy     skipped: lint did not succeed

            Run 7 (nightly) failed after 12.3 s.
              1 succeeded, 1 failed, 1 skipped, 1 attempt retried
              2 at once, 300M of memory at most, 87 % of the capacity used

              lint: SIGSEGV, used up 1 retry
                /p/1.2.err
            Look closer with: plimsoll why '7/lint'

            """.Replace("[2J", "\x1b[2J", StringComparison.Ordinal),
            terminal.Printed);
        Assert.Equal("warning: disk is nearly full\n", terminal.Complained);
    }

    [Fact]
    public void On_a_terminal_a_task_cannot_clear_the_screen()
    {
        var terminal = new FakeTerminal(terminal: true, variables: FakeTerminal.NoColor);
        Print(terminal);
        Assert.Contains("build    | raw ^[[2J\n", terminal.Printed, StringComparison.Ordinal);
        Assert.DoesNotContain('\x1b', terminal.Printed);
    }

    private void Print(FakeTerminal terminal)
    {
        DateTimeOffset at = FixedTime.Noon;
        string stdout = Path.Combine(_folder, "out");
        string stderr = Path.Combine(_folder, "err");
        File.WriteAllText(stdout, "raw \x1b[2J\n");
        File.WriteAllText(stderr, "careful");
        var view = new RunPrinter(new Screen(terminal.Out, terminal.Error, live: false));
        RunEventView[] events =
        [
            new RunStartedView(at, 7, "nightly", 3, "/p/.plimsoll", false),
            new TaskStartedView(at, 7, "build", 0, 1, "c", stdout, stderr, null),
            new TaskEndedView(at, 7, "build", 0, 1, "succeeded", "succeeded", 0, null, 2.3, 123_000_000, stdout, stderr, null),
            new WarningView(at, 7, "disk", "disk is nearly full"),
            new TaskRetryingView(at, 7, "lint", 1, 1, "timed_out", null, null, 3, 0.8, null, null),
            new TaskEndedView(at, 7, "lint", 1, 2, "dead", "failed", null, 11, 1, 0, null, null, "used up 1 retry"),
            new TaskSkippedView(at, 7, "deploy", 2, "lint did not succeed"),
        ];
        foreach (RunEventView happened in events)
            view.Handle(happened);
        view.Finish(new SummaryView(7, "nightly", "failed", 1, 0, 1, 1, 1, 0, 0, 12.3, 300L << 20, 2, 0.87,
            [new("lint", "failed", null, 11, "used up 1 retry", "/p/1.2.err")]));
    }
}
