using System.Data;
using Npgsql;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>Answers queries from a server inside one transaction that sees one moment.</summary>
internal sealed class PostgresRowSource : IRowSource
{
    private readonly PostgresLease lease;
    private readonly NpgsqlTransaction transaction;
    private readonly PostgresSource source;

    private PostgresRowSource(PostgresLease lease, NpgsqlTransaction transaction, PostgresSource source)
    {
        this.lease = lease;
        this.transaction = transaction;
        this.source = source;
    }

    public SqlDialect Dialect => SqlDialect.Postgres;

    public string Place => source.Url.ToString();

    internal static async ValueTask<PostgresRowSource> OpenAsync(PostgresSource source, CancellationToken cancellationToken)
    {
        PostgresLease lease = await source.OpenAsync(cancellationToken);
        try
        {
            NpgsqlTransaction transaction = await lease.Connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken);
            return new PostgresRowSource(lease, transaction, source);
        }
        catch
        {
            await lease.DisposeAsync();
            throw;
        }
    }

    public IRows Query(string sql, params object[] values) =>
        new PostgresRows(lease.Connection, sql, values, source.NewCursor());

    public async ValueTask<bool> HasAsync(string table, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT to_regclass($1) IS NOT NULL", lease.Connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = table } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await transaction.DisposeAsync();
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault))
        {
            // Nothing was written; a broken connection needs no end of its transaction.
        }
        finally
        {
            await lease.DisposeAsync();
        }
    }
}
