using System.Collections.Immutable;
using Plimsoll.Client.Runs;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Journal.State;

namespace Plimsoll.Daemon.Projects;

/// <summary>Listings, read from the journal beside a live run or without one.</summary>
internal sealed class JournalQueries(ProjectContext context)
{
    public async Task<Outcome<IReadOnlyList<RunView>>> RunsAsync(int limit, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (reader is null)
        {
            return Array.Empty<RunView>();
        }

        IReadOnlySet<int> live = await LiveRuns.FindAsync(context, cancellationToken);
        IReadOnlyList<RunRecord> records = await reader.RunsAsync(limit, cancellationToken);
        return records.Select(record => View(record, live.Contains(record.Run.Value), context.Time.GetUtcNow())).ToArray();
    }

    public async Task<Outcome<IReadOnlyList<TaskView>>> TasksAsync(TaskFilter filter, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (!Words.TryStates(filter.States, out ImmutableArray<TaskState> states, out string? unknown))
        {
            return new Refusal(ExitCode.Invalid, $"there is no task state {unknown}", $"The states are {Words.AllStates}.");
        }

        if (!(await RunRecords.FindAsync(reader, filter.Address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        var query = new TaskQuery(run.Run, states, filter.Address.Task, null, filter.Limit);
        IReadOnlyList<TaskRecord> records = await reader!.TasksAsync(query, cancellationToken);
        return records.Select(View).ToArray();
    }

    public async Task<Outcome<IReadOnlyList<AttemptView>>> AttemptsAsync(TaskAddress address, CancellationToken cancellationToken)
    {
        await using ProjectReader? opened = await ProjectState.TryReadAsync(context, cancellationToken);
        IJournalReader? reader = opened?.Journal;
        if (!(await RunRecords.FindAsync(reader, address, cancellationToken)).TryGet(out RunRecord? run, out Refusal? refusal))
        {
            return refusal;
        }

        var query = new TaskQuery(run.Run, [], address.Task, null, int.MaxValue);
        AttemptLayout layout = new(StateFolder.At(context.StateFolder));
        var views = new List<AttemptView>();
        foreach (TaskRecord task in await reader!.TasksAsync(query, cancellationToken))
        {
            IReadOnlyList<AttemptRecord> attempts = await reader.AttemptsAsync(task.Task, cancellationToken);
            views.AddRange((address.Task is null ? attempts.TakeLast(1) : attempts).Select(attempt => View(task, attempt, layout)));
        }

        return views;
    }

    /// <param name="live">A process works on it.</param>
    internal static RunView View(RunRecord record, bool live, DateTimeOffset now)
    {
        string state = record switch
        {
            { Cancelled: true, FinishedAt: not null } => "cancelled",
            { FinishedAt: not null } => "finished",
            _ when !live => "interrupted",
            { Sealed: false } => "open",
            _ => "running",
        };
        DateTimeOffset end = record.FinishedAt ?? record.LastAt ?? record.OpenedAt;
        end = live ? now : end;
        return new RunView(
            record.Run.Value,
            record.Name,
            state,
            record.OpenedAt,
            record.FinishedAt,
            ProgressViews.Counts(record.Counts),
            Math.Max(0, (end - record.OpenedAt).TotalSeconds),
            UsageTally.View(record.Usage));
    }

    internal static TaskView View(TaskRecord record) => new(
        record.Task.Run.Value,
        record.Task.Ordinal,
        record.Name,
        record.Class,
        Words.Of(record.State),
        record.Priority,
        record.Attempts,
        record.StartedAt,
        record.EndedAt,
        record.Reason,
        UsageTally.View(record.Usage));

    internal static AttemptView View(TaskRecord task, AttemptRecord record, AttemptLayout layout) => new(
        task.Task.Run.Value,
        task.Name,
        record.Attempt.Number,
        record.Outcome is { } outcome ? Words.Of(outcome) : null,
        record.ExitCode,
        record.Signal,
        record.AdmittedAt,
        record.EndedAt,
        record.PeakResident.Value,
        record.Cpu.TotalSeconds,
        Existing(layout.Output(record.Attempt)),
        Existing(layout.Error(record.Attempt)),
        record.Reason,
        record.Footprint is { } held ? View(held) : null,
        UsageTally.View(record.Usage));

    private static FootprintView View(AttemptFootprint held) => new(
        held.Settled.Value,
        held.Peak.Value,
        held.BurstShare,
        held.TimeToSettle.TotalSeconds,
        held.FastestRise.Value,
        held.Mapped.Value,
        [.. held.Curve.Select(point => new MemoryPointView(point.At.TotalSeconds, point.Resident.Value))]);

    private static string? Existing(string path) => File.Exists(path) ? path : null;
}
