using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Rows;
using Plimsoll.Journal.Sqlite;

namespace Plimsoll.Journal;

/// <summary>Reads an SQLite journal, beside its writer or when there is none; never changes it.</summary>
/// <remarks>Queries run on the caller's thread, one at a time; a stream of facts has a connection of its own and sees one moment.</remarks>
public sealed class SqliteJournalReader : IJournalReader
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly string path;
    private readonly SqliteJournalOptions options;
    private readonly SqliteDatabase database;

    private SqliteJournalReader(string path, SqliteJournalOptions options)
    {
        this.path = path;
        this.options = options;
        database = SqliteJournalFile.OpenReader(path, options);
        using SqliteStatement row = database.Query("SELECT uuid FROM journal");
        row.Step();
        Id = row.Text(0);
    }

    /// <summary>Unique per journal, made with it.</summary>
    public string Id { get; }

    /// <exception cref="JournalException">There is none, or it cannot be read; the message says why and what to do.</exception>
    public static ValueTask<SqliteJournalReader> OpenAsync(string path, SqliteJournalOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new SqliteJournalReader(path, options));
    }

    public ValueTask<IReadOnlyList<RunRecord>> RunsAsync(int limit, CancellationToken cancellationToken) =>
        ReadAsync(source => RunRows.NewestAsync(source, limit, cancellationToken), cancellationToken);

    public ValueTask<RunRecord?> RunAsync(RunId run, CancellationToken cancellationToken) =>
        ReadAsync(source => RunRows.OfAsync(source, run, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<TaskRecord>> TasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        ReadAsync(source => TaskRows.OfAsync(source, query, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<AttemptRecord>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) =>
        ReadAsync(source => AttemptRows.OfAsync(source, task, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<EventRecord>> EventsAsync(RunId run, long afterSequence, int limit, CancellationToken cancellationToken) =>
        ReadAsync(source => EventRows.OfAsync(source, run, afterSequence, limit, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, string>> OutputsAsync(TaskId task, CancellationToken cancellationToken) =>
        ReadAsync(source => OutputRows.OfSuccessAsync(source, task, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<ClassLearned>> ProfilesAsync(CancellationToken cancellationToken) =>
        ReadAsync(source => ProfileRows.FactsAsync(source, cancellationToken), cancellationToken);

    public ValueTask<IReadOnlyList<ServiceRecord>> RecordsAsync(string kind, string after, int limit, CancellationToken cancellationToken) =>
        ReadAsync(source => RecordRows.OfAsync(source, kind, after, limit, cancellationToken), cancellationToken);

    public IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken) =>
        FactReplay.OfRunAsync(_ => ValueTask.FromResult<IRowSource>(new SqliteRowSource(SqliteJournalFile.OpenReader(path, options), owned: true)), run, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        database.Dispose();
        turn.Dispose();
    }

    private async ValueTask<T> ReadAsync<T>(Func<IRowSource, ValueTask<T>> query, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(database.Handle == 0, this);
        await turn.WaitAsync(cancellationToken);
        try
        {
            // One transaction, so that all statements of a query see the same moment.
            await using SqliteRowSource source = new(database, owned: false);
            return await query(source);
        }
        finally
        {
            turn.Release();
        }
    }
}
