using Plimsoll.Client.Runs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Resources;

/// <summary>Cancels, retries and ranks what was submitted; a task that calls reaches its own sub-tree.</summary>
internal sealed class WorkChanges(ServiceHost service)
{
    private const string Asked = "cancelled on request";

    private const string Cancelling = "cancel";
    private const string Retrying = "retry";

    public async Task<Outcome<ChangeView>> CancelAsync(Caller caller, RunId run, string? reason, CancellationToken cancellationToken)
    {
        if (await new RunDetails(service).FindAsync(caller, run, cancellationToken) is not { } record)
        {
            return NoRun(run);
        }

        if (RunOrigin.Read(record.Origin).Kind == Inbox.Kind)
        {
            return new Refusal(ExitCode.Invalid, $"run {run} takes single tasks from everybody and cannot be cancelled as a whole", "Cancel its tasks one by one.");
        }

        await service.Audit.ApplyAsync(caller, Cancelling, $"run {run}", reason, [new CancelRun(run, reason ?? Asked)]);
        return new ChangeView(Cancelling, run.Value, [], Live: true);
    }

    /// <summary>Puts every failed and dead task of a run back.</summary>
    public async Task<Outcome<ChangeView>> RetryAsync(Caller caller, RunId run, CancellationToken cancellationToken)
    {
        if (service.Loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        if (await new RunDetails(service).FindAsync(caller, run, cancellationToken) is null || !await service.Shelf.RestoreAsync(run, cancellationToken))
        {
            return NoRun(run);
        }

        (int Ordinal, string Name)[] ended = await service.Loop.Calls.AskAsync((_, _) =>
            service.Loop.Registry.Find(run) is { } tasks ? tasks.EndedBadly().Select(ordinal => (ordinal, tasks.NameOf(ordinal))).ToArray() : []);
        if (ended.Length > 0)
        {
            await service.Audit.ApplyAsync(caller, Retrying, $"run {run}", null, [.. ended.Select(task => new RetryTask(new TaskId(run, task.Ordinal)))]);
        }

        return new ChangeView(Retrying, run.Value, [.. ended.Select(static task => task.Name)], Live: true);
    }

    public async Task<Outcome<ChangeView>> CancelAsync(Caller caller, TaskId id, string? reason, CancellationToken cancellationToken)
    {
        if (await new TaskPages(service).FindAsync(caller, id, cancellationToken) is not { } task)
        {
            return NoTask(id);
        }

        bool ended = task.State >= TaskState.Succeeded;
        if (!ended)
        {
            await service.Audit.ApplyAsync(caller, Cancelling, $"task {id}", reason, [new CancelTask(id, reason ?? Asked)]);
        }

        return new ChangeView(Cancelling, id.Run.Value, ended ? [] : [task.Name], Live: true);
    }

    public async Task<Outcome<ChangeView>> RetryAsync(Caller caller, TaskId id, CancellationToken cancellationToken)
    {
        if (service.Loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        if (await new TaskPages(service).FindAsync(caller, id, cancellationToken) is not { } task)
        {
            return NoTask(id);
        }

        bool again = task.State > TaskState.Succeeded && await service.Shelf.RestoreAsync(id.Run, cancellationToken);
        if (again)
        {
            await service.Audit.ApplyAsync(caller, Retrying, $"task {id}", null, [new RetryTask(id)]);
        }

        return new ChangeView(Retrying, id.Run.Value, again ? [task.Name] : [], Live: true);
    }

    public async Task<Outcome<ChangeView>> PriorityAsync(Caller caller, TaskId id, int priority, CancellationToken cancellationToken)
    {
        if (service.Loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        if (await new TaskPages(service).FindAsync(caller, id, cancellationToken) is not { } task)
        {
            return NoTask(id);
        }

        if (task.State >= TaskState.Succeeded)
        {
            return new ChangeView("priority", id.Run.Value, [], Live: true);
        }

        await service.Audit.ApplyAsync(caller, "priority", $"task {id}", $"{task.Priority} -> {priority}", [new SetPriority(id, priority)]);
        return new ChangeView("priority", id.Run.Value, [task.Name], Live: true);
    }

    private static Refusal NoRun(RunId run) => Refusal.Missing($"there is no run {run}", "GET /api/v1/runs lists them.");

    private static Refusal NoTask(TaskId task) => Refusal.Missing($"there is no task {task}", "GET /api/v1/tasks lists them.");
}
