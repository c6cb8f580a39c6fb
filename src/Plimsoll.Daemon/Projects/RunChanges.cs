using Plimsoll.Client.Runs;
using Plimsoll.Core;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Control;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Engine.Loop;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Projects;

/// <summary>Cancel, retry and why: through the live Plimsoll when there is one, otherwise on the journal with the same kernel.</summary>
internal sealed class RunChanges(ProjectContext context)
{
    public Task<Outcome<ChangeView>> CancelAsync(TaskAddress address, string reason, CancellationToken cancellationToken) =>
        ChangeAsync(
            new ControlRequest("cancel", address.Run, address.Task, reason, 0),
            address,
            (tasks, ordinal) => [ordinal is { } one
                ? new CancelTask(new TaskId(tasks.Run, one), reason)
                : new CancelRun(tasks.Run, reason)],
            cancellationToken);

    public Task<Outcome<ChangeView>> RetryAsync(TaskAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(
            new ControlRequest("retry", address.Run, address.Task, null, 0),
            address,
            (tasks, ordinal) => [.. (ordinal is { } one ? [one] : tasks.EndedBadly()).Select(task => new RetryTask(new TaskId(tasks.Run, task)))],
            cancellationToken);

    public async Task<Outcome<IReadOnlyList<ExplanationView>>> ExplainAsync(TaskAddress address, int limit, CancellationToken cancellationToken)
    {
        // A live run that is not the one meant refuses; the journal answers then.
        var request = new ControlRequest("explain", address.Run, address.Task, null, limit);
        if (await ControlClient.AskAsync(context.StateFolder, request, cancellationToken) is { Explanations: { } views })
        {
            return await WithAttemptsAsync(views, cancellationToken);
        }

        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (!(await RunRecords.FindAsync(reader, address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        (Kernel kernel, TaskRegistry registry) = await RebuildAsync(reader!, run.Run, new KernelStart(0, 1, run.Run), cancellationToken);
        RunTasks tasks = registry[run.Run];
        int? ordinal = address.Task is { } name ? tasks.OrdinalOf(name) : null;
        return await WithAttemptsAsync(Explanations.Of(kernel, tasks, ordinal, limit, context.Time.GetUtcNow()), cancellationToken);
    }

    /// <summary>Adds the attempts of each task; nothing holds a task that has ended, so the reason of its end is its explanation.</summary>
    private async Task<Outcome<IReadOnlyList<ExplanationView>>> WithAttemptsAsync(
        IReadOnlyList<ExplanationView> views, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        if (opened is null)
        {
            return views.ToArray();
        }

        var layout = new AttemptLayout(StateFolder.At(context.StateFolder));
        var complete = new List<ExplanationView>(views.Count);
        foreach (ExplanationView view in views)
        {
            var query = new TaskQuery(new RunId(view.Run), [], view.Name, null, 1);
            complete.Add(await opened.Journal.TasksAsync(query, cancellationToken) is [var task]
                ? view with
                {
                    Attempts = [.. (await opened.Journal.AttemptsAsync(task.Task, cancellationToken)).Select(attempt => JournalQueries.View(task, attempt, layout))],
                    Reasons = view.Reasons.Count > 0 || task.Reason is null ? view.Reasons : [new ReasonView("ended", task.Reason, null, null, null)],
                }
                : view);
        }

        return complete;
    }

    private async Task<Outcome<ChangeView>> ChangeAsync(
        ControlRequest request,
        TaskAddress address,
        Func<RunTasks, int?, Input[]> inputs,
        CancellationToken cancellationToken)
    {
        if (await ControlClient.AskAsync(context.StateFolder, request, cancellationToken) is { } reply)
        {
            return Changed(reply);
        }

        if (!(await ProjectState.OpenAsync(context, cancellationToken)).TryGet(out ProjectState? state, out Refusal? refusal))
        {
            return refusal;
        }

        await using (state)
        {
            if (!(await RunRecords.FindAsync(state.Reader, address, cancellationToken)).TryGet(out RunRecord? run, out refusal))
            {
                return refusal;
            }

            var start = new KernelStart(0, state.Journal.Epoch, state.Journal.LastRun);
            (Kernel kernel, TaskRegistry registry) = await RebuildAsync(state.Reader, run.Run, start, cancellationToken);
            RunTasks tasks = registry[run.Run];
            int? ordinal = address.Task is { } name ? tasks.OrdinalOf(name) : null;
            return await WriteAsync(request.Verb, kernel, registry, state, tasks, inputs(tasks, ordinal), cancellationToken);
        }
    }

    /// <summary>Ends what an interrupted run left behind, then decides; nothing starts: intake is paused first, and resume lifts that.</summary>
    private async Task<Outcome<ChangeView>> WriteAsync(
        string verb, Kernel kernel, TaskRegistry registry, ProjectState state, RunTasks tasks, Input[] inputs, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<AttemptId, ExitReport> ends = await Leftovers.EndAsync(kernel, registry, state, context, cancellationToken);
        Input[] all =
        [
            new SetIntake(Paused: true, $"{verb} without a live run"),
            .. inputs,
            .. ends.Select(end => new AttemptEnded(end.Key, end.Value)),
        ];
        Turn turn = kernel.Apply(all, new KernelClock(context.Time, state.Journal.LastAt).Now);
        try
        {
            await state.Journal.AppendAsync(new FactBatch(state.Journal.Epoch, state.Journal.Sequence + 1, turn.Facts, true), cancellationToken);
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message, "Nothing was changed.");
        }

        string[] names = [.. turn.Facts.SelectMany(ChangedTasks).Distinct().Order().Select(tasks.NameOf)];
        return new ChangeView(verb, tasks.Run.Value, names, Live: false);
    }

    private static IEnumerable<int> ChangedTasks(Fact fact) => fact switch
    {
        TasksCancelled cancelled => cancelled.Tasks.Select(task => task.Ordinal),
        TasksRequeued requeued => requeued.Tasks.Select(task => task.Ordinal),
        AttemptFinished { Next: TaskState.Cancelled } finished => [finished.Attempt.Task.Ordinal],
        _ => [],
    };

    private async Task<(Kernel Kernel, TaskRegistry Registry)> RebuildAsync(
        IJournalReader reader, RunId run, KernelStart start, CancellationToken cancellationToken)
    {
        var kernel = new Kernel(start);
        var registry = new TaskRegistry(context.Executable);
        await foreach (Fact fact in reader.FactsAsync(run, cancellationToken))
        {
            kernel.Fold(fact);
            registry.Fold(fact);
        }

        return (kernel, registry);
    }

    private static Outcome<ChangeView> Changed(ControlReply reply) => reply.Change is { } change
        ? change
        : new Refusal((ExitCode)reply.ExitCode, reply.Error ?? "the live run gave no answer", reply.Cure);
}
