using Plimsoll.Cli.Running;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;

namespace Plimsoll.Cli.Mapping;

/// <summary>Keeps the job log of a map and what it came to, whichever way it is shown.</summary>
/// <param name="log">Null = none is kept.</param>
internal sealed class MapRecorder(IRunView view, ItemReader items, JobLog? log) : IRunView
{
    private readonly Dictionary<int, TaskStartedView> _started = [];

    /// <summary>What the map came to; null before its end.</summary>
    public SummaryView? Summary { get; private set; }

    public void Handle(RunEventView happened)
    {
        view.Handle(happened);
        if (log is null)
            return;

        if (happened is TaskStartedView started)
            _started[started.Index] = started;
        else if (happened is TaskEndedView ended && _started.Remove(ended.Index, out TaskStartedView? start) && ended.Attempt > 0)
            Record(ended, start, log);
    }

    public void Tick(Func<ProgressView> progress)
    {
        log?.Flush();
        view.Tick(progress);
    }

    public void Say(string message) => view.Say(message);

    public void Finish(SummaryView? summary)
    {
        Summary = summary;
        log?.Flush();
        view.Finish(summary);
    }

    private void Record(TaskEndedView ended, TaskStartedView started, JobLog to)
    {
        long bytes = ended.StdoutPath is { } path && new FileInfo(path) is { Exists: true } file ? file.Length : 0;
        to.Write(new JobLogEntry(
            items.SequenceOf(ended.Index),
            started.At,
            ended.ElapsedSeconds,
            bytes,
            ended.ExitCode ?? (ended.Signal is null && ended.State != "succeeded" ? 255 : 0),
            ended.Signal ?? 0,
            started.Command ?? ""));
    }
}
