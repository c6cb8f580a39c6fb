using System.Globalization;
using Npgsql;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Postgres;

/// <summary>The right to write a journal: an advisory lock of a connection, one per schema.</summary>
internal sealed class JournalLock(NpgsqlConnection connection, PostgresSource source)
{
    /// <summary>The application's half of the key: "plim".</summary>
    private const int Application = 0x706c696d;

    private const string Schema = "hashtext(coalesce(nullif($1, ''), current_schema()))";

    /// <summary>How often a session that was ended is given time to go.</summary>
    private const int Rounds = 50;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(100);

    /// <summary>Takes the lock, and sees to it that commits are durable where this server keeps them.</summary>
    /// <param name="mayEnd">Whether the session of a holder, named by the server's process, is to be ended.</param>
    /// <returns>Null when it was taken; otherwise who has it.</returns>
    internal async ValueTask<string?> TakeAsync(Func<int, bool> mayEnd, CancellationToken cancellationToken)
    {
        for (int round = 0; ; round++)
        {
            if (await ScalarAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_try_advisory_lock({Application}, {Schema})"), cancellationToken) is true)
            {
                await ScalarAsync(
                    "SELECT set_config('synchronous_commit', CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on' ELSE current_setting('synchronous_commit') END, false) WHERE $1 IS NOT NULL",
                    cancellationToken);
                return null;
            }

            (int backend, string name) = await HolderAsync(cancellationToken);
            if (backend == 0 && round < Rounds)
            {
                continue; // it has gone between the two questions
            }

            if (!mayEnd(backend))
            {
                return name;
            }

            if (round >= Rounds)
            {
                throw new JournalException($"Journal {source.Url}: the session of {name} was ended and does not go. Look at it with SELECT * FROM pg_stat_activity WHERE pid = {backend}.", retryable: true);
            }

            await ScalarAsync(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_terminate_backend({backend}) WHERE $1 IS NOT NULL"), cancellationToken);
            await Task.Delay(Round, source.Time, cancellationToken);
        }
    }

    private async ValueTask<(int Backend, string Name)> HolderAsync(CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(string.Create(CultureInfo.InvariantCulture, $"""
            SELECT a.pid, coalesce(nullif(a.application_name, ''), 'a session of ' || coalesce(a.usename, 'another user')), coalesce(a.client_addr::text, 'local'),
              to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
            FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
            WHERE l.locktype = 'advisory' AND l.granted AND l.classid = {Application} AND l.objid::bigint = {Schema}::bigint & 4294967295 AND l.objsubid = 2
              AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """));
        await using NpgsqlDataReader row = await command.ExecuteReaderAsync(cancellationToken);
        if (!await row.ReadAsync(cancellationToken))
        {
            return (0, "a session that has just gone");
        }

        string since = row.IsDBNull(3) ? "" : $", connected since {row.GetString(3)} UTC";
        return (row.GetInt32(0), $"{row.GetString(1)}, address {row.GetString(2)}{since}, server process {row.GetInt32(0)}");
    }

    private async ValueTask<object?> ScalarAsync(string sql, CancellationToken cancellationToken)
    {
        await using NpgsqlCommand command = Command(sql);
        return await command.ExecuteScalarAsync(cancellationToken);
    }

    private NpgsqlCommand Command(string sql) => new(sql, connection) { Parameters = { new NpgsqlParameter<string> { TypedValue = source.Schema } } };
}
