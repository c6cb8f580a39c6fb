using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Resources;

/// <summary>Tells about runs: from the journal what happened, from the kernel what happens now.</summary>
internal sealed class RunDetails(ServiceHost service)
{
    private const int RunningShown = 64;
    private const int WaitingShown = 20;

    /// <summary>Numbers of runs that were cleaned away are passed over this far.</summary>
    private const int NumbersPerPage = 20_000;

    /// <summary>The newest runs that the caller may see.</summary>
    /// <param name="after">Only runs with a smaller number.</param>
    public async Task<IReadOnlyList<RunView>> ListAsync(Caller caller, int after, int limit, CancellationToken cancellationToken)
    {
        DateTimeOffset now = service.Loop.Clock.Now;
        if (caller.Attempt is null && after == int.MaxValue)
        {
            return [.. (await service.Loop.State.Reader.RunsAsync(limit, cancellationToken)).Select(run => View(run, now))];
        }

        List<RunView> views = [];
        IEnumerable<RunId> candidates = caller.Attempt is null
            ? Enumerable.Range(1, Math.Min(after - 1, NumbersPerPage)).Select(back => new RunId(after - back))
            : service.Lineage.RunsOf(caller).Where(run => run.Value < after && service.Lineage.Reaches(caller, run));
        foreach (RunId run in candidates)
        {
            if (await service.Loop.State.Reader.RunAsync(run, cancellationToken) is { } record)
            {
                views.Add(View(record, now));
            }

            if (views.Count == limit)
            {
                break;
            }
        }

        return views;
    }

    /// <summary>The run; null when there is none that the caller may see.</summary>
    public async Task<RunRecord?> FindAsync(Caller caller, RunId run, CancellationToken cancellationToken) =>
        service.Lineage.Reaches(caller, run) ? await service.Loop.State.Reader.RunAsync(run, cancellationToken) : null;

    public async Task<RunDetailView> DetailAsync(RunRecord record)
    {
        KernelSnapshot snapshot = await service.Loop.Calls.AskAsync(static (kernel, now) => kernel.Snapshot(now, WaitingShown));
        RunSnapshot? run = snapshot.Runs.FirstOrDefault(candidate => candidate.Run == record.Run);
        RunOrigin origin = RunOrigin.Read(record.Origin);
        RunView view = View(record, snapshot.At);
        return new RunDetailView(
            run is null ? view : view with { Counts = ProgressViews.Counts(run.Counts) },
            origin.Kind,
            origin.File,
            service.Lineage.ParentOf(new TaskId(record.Run, int.MaxValue))?.ToString(),
            [.. snapshot.Live.Where(live => live.Attempt.Task.Run == record.Run).Take(RunningShown).Select(live => ProgressViews.Running(live, snapshot.At, service.Loop.ResidentOf(live.Attempt)))],
            [.. snapshot.Waiting.Where(waiting => waiting.Task.Run == record.Run).Select(static waiting => new WaitingTaskView(waiting.Name, waiting.Reason.Message))],
            run is { Finished: false } ? run.RemainingPath.TotalSeconds : null);
    }

    private static RunView View(RunRecord record, DateTimeOffset now) => JournalQueries.View(record, live: record.FinishedAt is null, now);
}
