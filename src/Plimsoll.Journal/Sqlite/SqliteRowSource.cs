using Plimsoll.Journal.Native;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Answers queries from a journal file inside one transaction.</summary>
internal sealed class SqliteRowSource : IRowSource
{
    private readonly SqliteDatabase database;
    private readonly bool owned;

    /// <param name="owned">The database goes with this source.</param>
    internal SqliteRowSource(SqliteDatabase database, bool owned)
    {
        this.database = database;
        this.owned = owned;
        database.Execute("BEGIN");
    }

    public SqlDialect Dialect => SqlDialect.Sqlite;

    public string Place => database.Path;

    public IRows Query(string sql, params object[] values)
    {
        SqliteStatement statement = database.Query(sql);
        for (int i = 0; i < values.Length; i++)
        {
            _ = values[i] is string text ? statement.Bind(i + 1, text) : statement.Bind(i + 1, (long)values[i]);
        }

        return statement;
    }

    public ValueTask<bool> HasAsync(string table, CancellationToken cancellationToken) =>
        ValueTask.FromResult(database.Scalar($"SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '{table}'") == 1);

    public ValueTask DisposeAsync()
    {
        if (owned)
        {
            database.Dispose();
        }
        else
        {
            database.Execute("COMMIT");
        }

        return ValueTask.CompletedTask;
    }
}
