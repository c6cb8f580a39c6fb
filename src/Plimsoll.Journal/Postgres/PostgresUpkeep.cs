using System.Globalization;
using Npgsql;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Retention;

namespace Plimsoll.Journal.Postgres;

/// <summary>Removes rows of a journal on a server; works beside a live writer.</summary>
internal sealed class PostgresUpkeep(PostgresSource source) : IJournalUpkeep
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => AskAsync(
        async connection => (long)(await ScalarAsync(
            connection,
            """
            SELECT coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint FROM pg_class c
            WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace AND c.relname IN ('run', 'block', 'shape', 'policy', 'edge_page', 'task', 'binding',
              'task_progress', 'task_priority', 'attempt', 'attempt_process', 'attempt_end', 'attempt_footprint', 'attempt_usage', 'output', 'event', 'class_profile', 'record')
            """,
            cancellationToken))!,
        cancellationToken);

    public ValueTask<IReadOnlyList<FinishedRun>> FinishedAsync(CancellationToken cancellationToken) => ListAsync(
        "SELECT id, name, finished_at FROM run WHERE finished_at IS NOT NULL ORDER BY finished_at, id",
        row => new FinishedRun(new RunId(row.GetInt32(0)), row.GetString(1), JournalTime.From(row.GetInt64(2))),
        cancellationToken);

    public async ValueTask<IReadOnlySet<TaskId>> DeadAsync(RunId run, CancellationToken cancellationToken) => await TasksAsync(
        $"SELECT task FROM task_progress WHERE task >= $1 AND task < $2 AND state = {(int)TaskState.Dead} AND NOT {RunRemoval.Purged}",
        cancellationToken,
        new TaskId(run, 0).Value,
        new TaskId(new RunId(run.Value + 1), 0).Value);

    public ValueTask<bool> TryRemoveAsync(RunId run, bool rows, CancellationToken cancellationToken) => AskAsync(
        async connection =>
        {
            await using NpgsqlTransaction transaction = await connection.BeginTransactionAsync(cancellationToken);
            bool finished = await ScalarAsync(connection, $"SELECT 1 FROM run WHERE id = {run} AND finished_at IS NOT NULL FOR UPDATE", cancellationToken) is not null;
            if (finished && rows)
            {
                await ScalarAsync(connection, RunRemoval.Of(run), cancellationToken);
            }

            await transaction.CommitAsync(cancellationToken);
            return finished;
        },
        cancellationToken);

    public ValueTask BackUpAsync(string file, CancellationToken cancellationToken) =>
        throw new JournalException("A journal on a server is backed up with the server's own tools: pg_dump, or its continuous archive.", retryable: false);

    public async ValueTask TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) => await AskAsync(
        async connection => await ScalarAsync(
            connection,
            string.Create(CultureInfo.InvariantCulture, $"""
                DELETE FROM event WHERE run IS NULL AND at < {JournalTime.Of(before)} AND position NOT IN (
                  SELECT max(position) FROM event WHERE run IS NULL GROUP BY kind, detail ->> 'class')
                """),
            cancellationToken),
        cancellationToken);

    public async ValueTask<IReadOnlySet<TaskId>> PurgedAsync(CancellationToken cancellationToken) =>
        await TasksAsync($"SELECT task FROM task_progress WHERE {RunRemoval.Purged}", cancellationToken);

    public ValueTask<bool> TryPurgeAsync(TaskId task, DateTimeOffset now, CancellationToken cancellationToken) => AskAsync(
        async connection => await ScalarAsync(
            connection,
            $"""
            INSERT INTO purged SELECT task, fence, $2 FROM task_progress WHERE task = $1 AND state = {(int)TaskState.Dead}
            ON CONFLICT (task) DO UPDATE SET fence = excluded.fence, at = excluded.at RETURNING 1
            """,
            cancellationToken,
            task.Value,
            JournalTime.Of(now)) is not null,
        cancellationToken);

    public ValueTask<IReadOnlyList<int>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) =>
        ListAsync("SELECT number FROM attempt WHERE task = $1", row => row.GetInt32(0), cancellationToken, task.Value);

    private async ValueTask<HashSet<TaskId>> TasksAsync(string sql, CancellationToken cancellationToken, params long[] values) =>
        [.. await ListAsync(sql, row => new TaskId(row.GetInt64(0)), cancellationToken, values)];

    private ValueTask<IReadOnlyList<T>> ListAsync<T>(string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken, params long[] values) => AskAsync<IReadOnlyList<T>>(
        async connection =>
        {
            await using NpgsqlCommand command = Command(connection, sql, values);
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
            List<T> found = [];
            while (await row.ReadAsync(cancellationToken))
            {
                found.Add(read(row));
            }

            return found;
        },
        cancellationToken);

    private async ValueTask<T> AskAsync<T>(Func<NpgsqlConnection, ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await using PostgresLease lease = await source.OpenAsync(cancellationToken);
            await PostgresSchema.MigrateAsync(lease.Connection, source.Url, cancellationToken);
            return await ask(lease.Connection);
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault))
        {
            throw PostgresFault.Of(source.Url, fault);
        }
    }

    private static async ValueTask<object?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params long[] values)
    {
        await using NpgsqlCommand command = Command(connection, sql, values);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, long[] values)
    {
        NpgsqlCommand command = new(sql, connection);
        foreach (long value in values)
        {
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = value });
        }

        return command;
    }
}
