using System.Globalization;
using Plimsoll.Cli.Following;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Running;

/// <summary>Shows <c>plimsoll run</c> to people: a line per event, the tasks' own lines, the live view, the summary.</summary>
internal sealed class RunPrinter : IRunView
{
    private readonly Screen _screen;
    private readonly TaskLines _lines;
    private readonly OutputFollower _follower;

    public RunPrinter(Screen screen)
    {
        _screen = screen;
        _lines = new TaskLines(screen);
        _follower = new OutputFollower(_lines);
    }

    public void Handle(RunEventView happened)
    {
        switch (happened)
        {
            case RunStartedView started:
                string state = ControlEscaper.Text(started.StateFolder);
                _screen.Out.WriteLine($"Run {Number(started.Run)} ({ControlEscaper.Text(started.Name)}) {(started.Resumed ? "goes on" : "begins")}"
                    + $" with {Figures.Count(started.Tasks, "task", "tasks")}; its state is in {state}");
                if (started.Preflight is { } preflight)
                    _screen.Out.WriteLine(PreflightLine.Of(preflight));
                break;
            case TaskStartedView started:
                _follower.Add(started.Task, started.Attempt, started.StdoutPath, started.StderrPath);
                if (!_screen.IsLive)
                    _lines.Announce(started.Task, started.Attempt > 1 ? $"started, attempt {Number(started.Attempt)}" : "started");
                break;
            case TaskEndedView ended:
                _follower.Remove(ended.Task, ended.Attempt);
                _lines.Announce(ended.Task, Ended(ended));
                break;
            case TaskRetryingView retrying:
                _follower.Remove(retrying.Task, retrying.Attempt);
                _lines.Announce(retrying.Task, Retrying(retrying));
                break;
            case TaskSkippedView skipped:
                _lines.Announce(skipped.Task, Paint(Ink.Faint, $"skipped: {ControlEscaper.Text(skipped.Reason)}"));
                break;
            case GuardSteppedView step when GuardLine.Of(step) is { } line:
                Aside($"{_screen.Error.Paint(Ink.Caution, "memory:")} {line}");
                break;
            case WarningView warning:
                Aside($"{_screen.Error.Paint(Ink.Caution, "warning:")} {ControlEscaper.Text(warning.Message)}");
                break;
        }
    }

    public void Tick(Func<ProgressView> progress)
    {
        _follower.Poll();
        _screen.Refresh(progress);
    }

    public void Say(string message) => Aside($"plimsoll: {message}");

    public void Finish(SummaryView? summary)
    {
        _follower.RemoveAll();
        _screen.Close();
        if (summary is not null)
            SummaryPage.Write(_screen.Out, summary);
    }

    /// <summary>A line on standard error, at its place among those of standard output.</summary>
    private void Aside(string line)
    {
        _screen.Out.Flush();
        OutputTarget error = _screen.Error;
        error.WriteLine(line);
        error.Flush();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private string Ended(TaskEndedView ended)
    {
        string used = ended.PeakResidentBytes > 0 ? $", {Figures.Bytes(ended.PeakResidentBytes)}" : "";
        string after = ended.Attempt > 0 ? $" after {Figures.Duration(ended.ElapsedSeconds)}" : "";
        if (ended.State == "succeeded")
            return $"{Paint(Ink.Good, "succeeded")}{after}{used}";

        string how = Outcomes.Describe(ended.Outcome, ended.ExitCode, ended.Signal);
        string word = ended.State == "cancelled" || how == ended.State ? ended.State : $"{(ended.State == "dead" ? "failed for good" : ended.State)}, {how},";
        return $"{Paint(Outcomes.InkOf(ended.State), word)}{after}{used}{Reason(ended.Reason, ended.ExitCode)}";
    }

    private string Retrying(TaskRetryingView retrying)
    {
        // An attempt that a stop took back is not about to run again here.
        if (retrying.Outcome == "cancelled")
            return $"{Paint(Ink.Caution, "interrupted")} after {Figures.Duration(retrying.ElapsedSeconds)}; resume runs it again";

        string how = Outcomes.Describe(retrying.Outcome, retrying.ExitCode, retrying.Signal);
        return $"{Paint(Ink.Caution, $"attempt {Number(retrying.Attempt)}: {how}")} after {Figures.Duration(retrying.ElapsedSeconds)}"
            + $", again in {Figures.Duration(retrying.BackoffSeconds)}{Reason(retrying.Reason, retrying.ExitCode)}";
    }

    private string Paint(Ink ink, string text) => _screen.Out.Paint(ink, text);

    private static string Reason(string? reason, int? exitCode) => Outcomes.Beyond(reason, exitCode) is { } more ? $" ({more})" : "";
}
