using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Running;

/// <summary>Says only what went wrong, on standard error.</summary>
internal sealed class QuietPrinter(OutputTarget error) : IRunView
{
    public void Handle(RunEventView happened)
    {
        switch (happened)
        {
            case TaskEndedView { State: not "succeeded" } ended:
                string how = Outcomes.Describe(ended.Outcome, ended.ExitCode, ended.Signal);
                string see = Evidence.Of(ended.StdoutPath, ended.StderrPath) is { } path ? $", see {ControlEscaper.Text(path)}" : "";
                Say($"{ControlEscaper.Text(ended.Task)}: {how}{see}");
                break;
            case WarningView warning:
                Say($"warning: {ControlEscaper.Text(warning.Message)}");
                break;
        }
    }

    public void Tick(Func<ProgressView> progress) => error.Flush();

    public void Say(string message) => error.WriteLine($"plimsoll: {message}");

    public void Finish(SummaryView? summary) => error.Flush();
}
