using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Ports;

/// <summary>Reads what a journal holds, beside a writer or without one.</summary>
public interface IJournalReader : IAsyncDisposable
{
    /// <summary>That of the journal, see <see cref="IJournal.Id"/>.</summary>
    string Id { get; }

    /// <summary>Runs, newest first.</summary>
    ValueTask<IReadOnlyList<RunRecord>> RunsAsync(int limit, CancellationToken cancellationToken);

    ValueTask<RunRecord?> RunAsync(RunId run, CancellationToken cancellationToken);

    /// <summary>Tasks in order of their id.</summary>
    ValueTask<IReadOnlyList<TaskRecord>> TasksAsync(TaskQuery query, CancellationToken cancellationToken);

    /// <summary>All attempts of a task, oldest first.</summary>
    ValueTask<IReadOnlyList<AttemptRecord>> AttemptsAsync(TaskId task, CancellationToken cancellationToken);

    /// <summary>Everything else that happened in a run, oldest first.</summary>
    ValueTask<IReadOnlyList<EventRecord>> EventsAsync(RunId run, long afterSequence, int limit, CancellationToken cancellationToken);

    /// <summary>Outputs of a task's successful attempt.</summary>
    ValueTask<IReadOnlyDictionary<string, string>> OutputsAsync(TaskId task, CancellationToken cancellationToken);

    /// <summary>The newest of what was learned of each class of tasks, in the order in which it was learned.</summary>
    ValueTask<IReadOnlyList<Facts.ClassLearned>> ProfilesAsync(CancellationToken cancellationToken);

    /// <summary>What a service remembers of a kind, in ordinal order of the keys.</summary>
    /// <param name="after">Only larger keys; empty = from the first.</param>
    ValueTask<IReadOnlyList<ServiceRecord>> RecordsAsync(string kind, string after, int limit, CancellationToken cancellationToken);

    /// <summary>The facts of one run, finished or not, in journal order; the same fold rebuilds its state.</summary>
    IAsyncEnumerable<Facts.Fact> FactsAsync(RunId run, CancellationToken cancellationToken);
}
