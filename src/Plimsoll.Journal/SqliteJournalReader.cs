using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Sqlite;

namespace Plimsoll.Journal;

/// <summary>Reads an SQLite journal, beside its writer or when there is none; never changes it.</summary>
/// <remarks>Queries run on the caller's thread, one at a time; a stream of facts has a connection of its own and sees one moment.</remarks>
public sealed class SqliteJournalReader : IJournalReader
{
    private readonly Lock gate = new();
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
        Read(() => RunRows.Newest(database, limit), cancellationToken);

    public ValueTask<RunRecord?> RunAsync(RunId run, CancellationToken cancellationToken) =>
        Read(() => RunRows.Of(database, run), cancellationToken);

    public ValueTask<IReadOnlyList<TaskRecord>> TasksAsync(TaskQuery query, CancellationToken cancellationToken) =>
        Read(() => TaskRows.Of(database, query), cancellationToken);

    public ValueTask<IReadOnlyList<AttemptRecord>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) =>
        Read(() => AttemptRows.Of(database, task), cancellationToken);

    public ValueTask<IReadOnlyList<EventRecord>> EventsAsync(RunId run, long afterSequence, int limit, CancellationToken cancellationToken) =>
        Read(() => EventRows.Of(database, run, afterSequence, limit), cancellationToken);

    public ValueTask<IReadOnlyDictionary<string, string>> OutputsAsync(TaskId task, CancellationToken cancellationToken) =>
        Read(() => OutputRows.OfSuccess(database, task), cancellationToken);

    public ValueTask<IReadOnlyList<ClassLearned>> ProfilesAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<ClassLearned>>(() => [.. ProfileRows.All(database).Select(row => row.Fact)], cancellationToken);

    public ValueTask<IReadOnlyList<ServiceRecord>> RecordsAsync(string kind, string after, int limit, CancellationToken cancellationToken) =>
        Read(() => RecordRows.Of(database, kind, after, limit), cancellationToken);

    public IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken) =>
        FactReplay.OfRun(() => SqliteJournalFile.OpenReader(path, options), run, cancellationToken).ToAsyncEnumerable();

    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            database.Dispose();
        }

        return ValueTask.CompletedTask;
    }

    private ValueTask<T> Read<T>(Func<T> query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(database.Handle == 0, this);

            // One transaction, so that all statements of a query see the same moment.
            database.Execute("BEGIN");
            try
            {
                return ValueTask.FromResult(query());
            }
            finally
            {
                database.Execute("COMMIT");
            }
        }
    }
}
