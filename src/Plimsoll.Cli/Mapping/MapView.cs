using System.Globalization;
using Plimsoll.Cli.Rendering;
using Plimsoll.Cli.Running;
using Plimsoll.Cli.Terminal;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Mapping;

/// <summary>Shows <c>plimsoll map</c>: the output of each item in one piece when it ends, in the order of items if asked for.</summary>
internal sealed class MapView(Screen screen, MapViewOptions options, ItemReader items) : IRunView
{
    private readonly ItemOutput _output = new(options.Tag);
    private readonly Dictionary<int, TaskStartedView> _started = [];
    private readonly SortedDictionary<int, TaskEndedView?> _held = [];
    private int _next;

    public void Handle(RunEventView happened)
    {
        switch (happened)
        {
            case TaskStartedView started:
                _started[started.Index] = started;
                break;
            case TaskEndedView ended:
                Emit(ended.Index, ended);
                break;
            case TaskSkippedView skipped:
                Emit(skipped.Index, null);
                break;
            case TaskRetryingView { Outcome: not "cancelled" } retrying when !options.Quiet:
                Say($"item {Number(items.SequenceOf(retrying.Index))}, attempt {retrying.Attempt}: "
                    + $"{Outcomes.Describe(retrying.Outcome, retrying.ExitCode, retrying.Signal)}, again in {Figures.Duration(retrying.BackoffSeconds)}");
                break;
            case WarningView { Code: "halt" } halt:
                Say(halt.Message);
                break;
            case WarningView warning:
                Say($"warning: {ControlEscaper.Text(warning.Message)}");
                break;
        }
    }

    public void Tick(Func<ProgressView> progress) => screen.Refresh(progress);

    public void Say(string message) => screen.Error.WriteLine($"plimsoll: {message}");

    public void Finish(SummaryView? summary)
    {
        foreach (TaskEndedView? ended in _held.Values)
            Print(ended);
        screen.Close();
        if (summary is not null && !options.Quiet && (screen.IsLive || summary.Outcome != "succeeded"))
            SummaryPage.Write(screen.Error, summary);
        screen.Close();
    }

    private void Emit(int index, TaskEndedView? ended)
    {
        if (!options.KeepOrder)
        {
            Print(ended);
            return;
        }

        _held[index] = ended;
        while (_held.Remove(_next, out TaskEndedView? next))
        {
            Print(next);
            _next++;
        }
    }

    private void Print(TaskEndedView? ended)
    {
        if (ended is null)
            return;

        _started.Remove(ended.Index, out TaskStartedView? started);
        long sequence = items.SequenceOf(ended.Index);
        string tag = options.Tag ? items.ValueOf(ended.Index) : "";
        _output.Copy(ended.StdoutPath, tag, screen.Out);
        if (ended.StderrPath is not null && new FileInfo(ended.StderrPath) is { Exists: true, Length: > 0 })
        {
            screen.Out.Flush();
            _output.Copy(ended.StderrPath, tag, screen.Error);
        }

        if (ended.State != "succeeded")
            Failed(ended, sequence, started?.Command);
    }

    private void Failed(TaskEndedView ended, long sequence, string? command)
    {
        string how = Outcomes.Describe(ended.Outcome, ended.ExitCode, ended.Signal);
        string what = command is null ? "" : $": {TextWidth.Cut(ControlEscaper.Text(command), 200)}";
        string why = Outcomes.Beyond(ended.Reason, ended.ExitCode) is { } reason ? $" ({reason})" : "";
        Say($"item {Number(sequence)} {how}{why}{what}");
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
