using Npgsql;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>The writer's connection: it holds the journal's advisory lock, so that the server forgets the writer with its connection.</summary>
internal sealed class WriterSession : IAsyncDisposable
{
    private const string Columns = "uuid, epoch, sequence, position, last_run, last_fence, last_at, pg_backend_pid()";

    private readonly PostgresLease lease;

    private WriterSession(PostgresLease lease, NpgsqlDataReader row)
    {
        this.lease = lease;
        Id = row.GetString(0);
        Epoch = row.GetInt64(1);
        Head = new JournalHead(row.GetInt64(2), row.GetInt64(3), row.GetInt32(4), row.GetInt64(5), JournalTime.From(row.GetInt64(6)));
        Backend = row.GetInt32(7);
    }

    internal string Id { get; }

    internal long Epoch { get; }

    /// <summary>The server's process for this connection.</summary>
    internal int Backend { get; }

    /// <summary>What is durable.</summary>
    internal JournalHead Head { get; private set; }

    /// <summary>Becomes the next writer.</summary>
    /// <param name="takeOver">Ends the session of the present writer.</param>
    /// <returns>The session, or who writes the journal now.</returns>
    internal static async ValueTask<(WriterSession? Session, string? Owner)> ClaimAsync(
        PostgresSource source, bool takeOver, DateTimeOffset now, CancellationToken cancellationToken)
    {
        PostgresLease? lease = await source.OpenAsync(cancellationToken);
        try
        {
            if (await new JournalLock(lease.Connection, source).TakeAsync(holder => takeOver, cancellationToken) is { } owner)
            {
                return (null, owner);
            }

            await PostgresSchema.MigrateAsync(lease.Connection, source.Url, cancellationToken);
            await using NpgsqlCommand command = new(
                $"""
                WITH opened AS (
                  INSERT INTO journal VALUES (1, left(replace(gen_random_uuid()::text, '-', ''), 16), $1, 1, 0, 0, 0, 0, 0)
                  ON CONFLICT (id) DO UPDATE SET epoch = journal.epoch + 1 RETURNING *
                ), said AS (
                  INSERT INTO writer SELECT epoch, $1, $2, position + 1, $3, pg_backend_pid() FROM opened
                )
                SELECT {Columns} FROM opened
                """,
                lease.Connection)
            {
                Parameters =
                {
                    new NpgsqlParameter<long> { TypedValue = JournalTime.Of(now) },
                    new NpgsqlParameter<int> { TypedValue = Environment.ProcessId },
                    new NpgsqlParameter<string> { TypedValue = Environment.MachineName },
                },
            };
            WriterSession session = await ReadAsync(lease, command, cancellationToken);
            lease = null;
            return (session, null);
        }
        finally
        {
            if (lease is not null)
            {
                await lease.DisposeAsync();
            }
        }
    }

    /// <summary>Comes back after the connection was lost.</summary>
    /// <remarks>
    /// The row is changed, so that the answer waits for whatever the lost connection was committing, and for a synchronous standby to
    /// have it: what is read as durable then is.
    /// </remarks>
    /// <param name="former">The server's process for the lost connection, which may not have noticed.</param>
    /// <returns>Null when another writer has taken over.</returns>
    internal static async ValueTask<WriterSession?> ResumeAsync(PostgresSource source, long epoch, int former, CancellationToken cancellationToken)
    {
        PostgresLease? lease = await source.OpenAsync(cancellationToken);
        try
        {
            if (await new JournalLock(lease.Connection, source).TakeAsync(holder => holder == former, cancellationToken) is { } owner)
            {
                return await IsFencedAsync(lease.Connection, epoch, cancellationToken)
                    ? null
                    : throw new JournalException($"Journal {source.Url}: {owner} is about to take it over.", retryable: true);
            }

            await using NpgsqlCommand command = new(
                $"""
                WITH mine AS (UPDATE journal SET epoch = epoch WHERE epoch = $1 RETURNING *),
                  said AS (UPDATE writer SET backend = pg_backend_pid() FROM mine WHERE writer.epoch = mine.epoch)
                SELECT {Columns} FROM mine
                """,
                lease.Connection)
            {
                Parameters = { new NpgsqlParameter<long> { TypedValue = epoch } },
            };
            await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
            if (!await row.ReadAsync(cancellationToken))
            {
                return null;
            }

            WriterSession session = new(lease, row);
            await row.CloseAsync();
            lease = null;
            return session;
        }
        finally
        {
            if (lease is not null)
            {
                await lease.DisposeAsync();
            }
        }
    }

    /// <summary>Commits in one transaction.</summary>
    internal async ValueTask CommitAsync(TurnBuffers turns, CancellationToken cancellationToken)
    {
        await using NpgsqlBatch batch = turns.Build(lease.Connection, Epoch);
        await batch.ExecuteNonQueryAsync(cancellationToken);
        Head = turns.Pending;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // The connection goes back to the pool, where it would keep the lock.
            await using NpgsqlCommand unlock = new("SELECT pg_advisory_unlock_all()", lease.Connection);
            await unlock.ExecuteNonQueryAsync();
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault) || fault is InvalidOperationException)
        {
            // Then the connection is gone, and the lock with it.
        }
        finally
        {
            await lease.DisposeAsync();
        }
    }

    private static async ValueTask<WriterSession> ReadAsync(PostgresLease lease, NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        return await row.ReadAsync(cancellationToken)
            ? new WriterSession(lease, row)
            : throw new InvalidDataException("the journal's row was not returned");
    }

    private static async ValueTask<bool> IsFencedAsync(NpgsqlConnection connection, long epoch, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = new("SELECT epoch FROM journal", connection);
        return await command.ExecuteScalarAsync(cancellationToken) is not long now || now != epoch;
    }
}
