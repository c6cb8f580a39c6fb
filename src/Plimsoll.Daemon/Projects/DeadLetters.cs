using System.Collections.Immutable;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Projects;

/// <summary>Lists and purges the tasks that used up their retries, beside a live run or without one.</summary>
internal sealed class DeadLetters(ProjectContext context)
{
    private const int NewestRuns = 1000;
    private static readonly ImmutableArray<TaskState> Dead = [TaskState.Dead];

    public async Task<Outcome<IReadOnlyList<DeadView>>> ListAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (reader is null)
        {
            return Array.Empty<DeadView>();
        }

        if (!(await FindAsync(opened!, address, cancellationToken)).TryGet(out IReadOnlyList<TaskRecord>? letters, out Refusal? refusal))
        {
            return refusal;
        }

        AttemptLayout layout = new(StateFolder.At(context.StateFolder));
        var views = new List<DeadView>(letters.Count);
        foreach (TaskRecord task in letters)
        {
            views.Add(View(task, (await reader.AttemptsAsync(task.Task, cancellationToken)) is [.., var last] ? last : null, layout));
        }

        return views;
    }

    public async Task<Outcome<PurgeView>> PurgeAsync(TaskAddress address, bool dryRun, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        if (opened is null)
        {
            return new PurgeView(dryRun, [], 0, 0);
        }

        if (!(await FindAsync(opened, address, cancellationToken)).TryGet(out IReadOnlyList<TaskRecord>? letters, out Refusal? refusal))
        {
            return refusal;
        }

        try
        {
            var shelf = new PurgedLetters(StateFolder.At(context.StateFolder), opened.Store.Upkeep);
            var names = letters.ToDictionary(static letter => letter.Task, AddressOf);
            (IReadOnlyList<Core.Identity.TaskId> gone, int files, Core.Units.Bytes size) = await shelf.PurgeAsync(names.Keys, dryRun, context.Time.GetUtcNow(), cancellationToken);
            return new PurgeView(dryRun, [.. gone.Select(task => names[task])], files, size.Value);
        }
        catch (JournalException error)
        {
            return new Refusal(ExitCode.Environment, error.Message);
        }
    }

    /// <summary>Of one run or task, or of all runs; newest run first.</summary>
    private static async Task<Outcome<IReadOnlyList<TaskRecord>>> FindAsync(ProjectReader opened, TaskAddress address, CancellationToken cancellationToken)
    {
        IJournalReader reader = opened.Journal;
        IReadOnlyList<RunRecord> runs;
        if (address.Run is null && address.Task is null)
        {
            runs = await reader.RunsAsync(NewestRuns, cancellationToken);
        }
        else if ((await RunRecords.FindAsync(reader, address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            runs = [run];
        }
        else
        {
            return refusal;
        }

        IReadOnlySet<Core.Identity.TaskId> purged = await opened.Store.Upkeep.PurgedAsync(cancellationToken);
        var letters = new List<TaskRecord>();
        foreach (RunRecord run in runs)
        {
            IReadOnlyList<TaskRecord> found = await reader.TasksAsync(new TaskQuery(run.Run, Dead, address.Task, null, int.MaxValue), cancellationToken);
            letters.AddRange(found.Where(task => !purged.Contains(task.Task)));
        }

        return letters;
    }

    private static string AddressOf(TaskRecord letter) => $"{letter.Task.Run}/{letter.Name}";

    internal static DeadView View(TaskRecord task, AttemptRecord? last, AttemptLayout layout) => new(
        task.Task.Run.Value,
        task.Name,
        task.Class,
        task.Attempts,
        Words.Of(last?.Outcome ?? AttemptOutcome.Failed),
        last?.ExitCode,
        last?.Signal,
        task.EndedAt,
        last?.Reason ?? task.Reason,
        last?.PeakResident.Value ?? 0,
        last is null ? null : Existing(layout.Output(last.Attempt)),
        last is null ? null : Existing(layout.Error(last.Attempt)));

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
