using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Rows;

/// <summary>What can be asked of a relational journal; each kind says only how rows are reached.</summary>
public abstract class RowQueries : IJournalReader
{
    private protected RowQueries()
    {
    }

    /// <summary>Unique per journal, made with it.</summary>
    public abstract string Id { get; }

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(rows => RunRows.NewestAsync(rows, limit, cancellationToken), cancellationToken);

    public ValueTask<RunRecord?> RunAsync(RunId run, CancellationToken cancellationToken) =>
        ReadAsync(rows => RunRows.OfAsync(rows, run, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<TaskRecord>> TasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        ReadAsync(rows => TaskRows.OfAsync(rows, query, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<AttemptRecord>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) =>
        ReadAsync(rows => AttemptRows.OfAsync(rows, task, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<EventRecord>> EventsAsync(RunId run, long afterSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync(rows => EventRows.OfAsync(rows, run, afterSequence, limit, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, string>> OutputsAsync(TaskId task, CancellationToken cancellationToken) =>
        ReadAsync(rows => OutputRows.OfSuccessAsync(rows, task, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<ClassLearned>> ProfilesAsync(CancellationToken cancellationToken) =>
        ReadAsync(rows => ProfileRows.FactsAsync(rows, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<ServiceRecord>> RecordsAsync(string kind, string after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(rows => RecordRows.OfAsync(rows, kind, after, limit, cancellationToken), cancellationToken);

    public abstract IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();

    /// <summary>Asks one question; all of its statements see the same moment.</summary>
    private protected abstract ValueTask<T> ReadAsync<T>(Func<IRowSource, ValueTask<T>> query, CancellationToken cancellationToken);
}
