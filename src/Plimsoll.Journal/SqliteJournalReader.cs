using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Rows;
using Plimsoll.Journal.Sqlite;

namespace Plimsoll.Journal;

/// <summary>Reads an SQLite journal, beside its writer or when there is none; never changes it.</summary>
/// <remarks>Queries run on the caller's thread, one at a time; a stream of facts has a connection of its own and sees one moment.</remarks>
public sealed class SqliteJournalReader : RowQueries
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

    public override string Id { get; }

    /// <exception cref="JournalException">There is none, or it cannot be read; the message says why and what to do.</exception>
    public static ValueTask<SqliteJournalReader> OpenAsync(string path, SqliteJournalOptions options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(new SqliteJournalReader(path, options));
    }

    public override IAsyncEnumerable<Fact> FactsAsync(RunId run, CancellationToken cancellationToken) =>
        FactReplay.OfRunAsync(_ => ValueTask.FromResult<IRowSource>(new SqliteRowSource(SqliteJournalFile.OpenReader(path, options), owned: true)), run, cancellationToken);

    public override async ValueTask DisposeAsync()
    {
        await turn.WaitAsync();
        database.Dispose();
        turn.Dispose();
    }

    private protected override async ValueTask<T> ReadAsync<T>(Func<IRowSource, ValueTask<T>> query, CancellationToken cancellationToken)
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
