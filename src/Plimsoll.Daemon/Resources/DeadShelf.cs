using System.Collections.Immutable;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;
using Plimsoll.Journal.Retention;

namespace Plimsoll.Daemon.Resources;

/// <summary>The dead letters of a service: listed, put back and purged.</summary>
internal sealed class DeadShelf(ServiceHost service)
{
    /// <summary>Letters that one request changes at most.</summary>
    public const int MostAtOnce = 1000;

    private static readonly ImmutableArray<TaskState> Dead = [TaskState.Dead];

    private readonly TaskPages pages = new(service);

    /// <summary>A page of letters that the caller may see, and where the next page begins.</summary>
    public async Task<(IReadOnlyList<TaskRecord> Letters, TaskId? Next)> ReadAsync(Caller caller, TaskSelection selection, CancellationToken cancellationToken)
    {
        IReadOnlySet<TaskId> purged = await service.Loop.State.Store.Upkeep.PurgedAsync(cancellationToken);
        (IReadOnlyList<TaskRecord> letters, TaskId? next) = await pages.ReadAsync(caller, selection with { States = Dead }, cancellationToken);
        return ([.. letters.Where(letter => !purged.Contains(letter.Task))], next);
    }

    public async Task<DeadView> ViewAsync(TaskRecord letter, CancellationToken cancellationToken)
    {
        AttemptRecord? last = await service.Loop.State.Reader.AttemptsAsync(letter.Task, cancellationToken) is [.., var one] ? one : null;
        return DeadLetters.View(letter, last, service.Loop.State.Layout) with { Id = letter.Task.ToString() };
    }

    /// <summary>The letter; or why it is none that the caller may see.</summary>
    public async Task<Outcome<TaskRecord>> FindAsync(Caller caller, TaskId id, CancellationToken cancellationToken) =>
        await pages.FindAsync(caller, id, cancellationToken) is { State: TaskState.Dead } letter
        && !(await service.Loop.State.Store.Upkeep.PurgedAsync(cancellationToken)).Contains(id)
            ? letter
            : Refusal.Missing($"there is no dead letter {id}", "GET /api/v1/dead lists them.");

    /// <summary>Puts letters back, with fresh attempts; ends when that is durable.</summary>
    public async Task<Refusal?> RetryAsync(Caller caller, IReadOnlyList<TaskRecord> letters, CancellationToken cancellationToken)
    {
        if (service.Loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        foreach (RunId run in letters.Select(static letter => letter.Task.Run).Distinct())
        {
            await service.Shelf.RestoreAsync(run, cancellationToken);
        }

        if (letters.Count > 0)
        {
            await service.Audit.ApplyAsync(caller, "retry", "dead letters", string.Join(' ', letters.Select(static letter => letter.Task)), [.. letters.Select(static letter => new RetryTask(letter.Task))]);
        }

        return null;
    }

    /// <summary>Removes letters: their output goes, and they are listed no more.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    /// <returns>What is gone; a letter that was put back meanwhile stays.</returns>
    public async Task<Outcome<DeadChangeView>> PurgeAsync(Caller caller, IReadOnlyList<TaskRecord> letters, bool dryRun, CancellationToken cancellationToken)
    {
        if (service.Loop.JournalTrouble is { } trouble)
        {
            return Unavailable.Journal(trouble);
        }

        var shelf = new PurgedLetters(service.Loop.State.Folder, service.Loop.State.Store.Upkeep);
        (IReadOnlyList<TaskId> gone, int files, Bytes size) = await shelf.PurgeAsync(letters.Select(static letter => letter.Task), dryRun, service.Context.Time.GetUtcNow(), cancellationToken);
        if (gone.Count > 0 && !dryRun)
        {
            await service.Audit.ApplyAsync(caller, "purge", "dead letters", string.Join(' ', gone), []);
        }

        return new DeadChangeView("purge", [.. gone.Select(static task => task.ToString())], false, files, size.Value);
    }
}
