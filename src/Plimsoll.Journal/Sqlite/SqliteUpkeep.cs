using System.Globalization;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Migrations;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Retention;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Removes rows of a journal file; a connection per question, so that it works beside a live writer.</summary>
internal sealed class SqliteUpkeep(string path, SqliteJournalOptions options) : IJournalUpkeep
{
    public ValueTask<long> SizeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Length(path) + Length(path + "-wal"));

    public ValueTask<IReadOnlyList<FinishedRun>> FinishedAsync(CancellationToken cancellationToken) => Read<IReadOnlyList<FinishedRun>>(
        database =>
        {
            using SqliteStatement rows = database.Query("SELECT id, name, finished_at FROM run WHERE finished_at IS NOT NULL ORDER BY finished_at, id");
            List<FinishedRun> runs = [];
            while (rows.Step())
            {
                runs.Add(new FinishedRun(new RunId(rows.Int(0)), rows.Text(1), JournalTime.From(rows.Long(2))));
            }

            return runs;
        },
        cancellationToken);

    public ValueTask<IReadOnlySet<TaskId>> DeadAsync(RunId run, CancellationToken cancellationToken) => Read<IReadOnlySet<TaskId>>(
        database =>
        {
            string kept = HasPurged(database) ? $" AND NOT {RunRemoval.Purged}" : "";
            using SqliteStatement rows = database.Query("SELECT task FROM task_progress WHERE task >= ?1 AND task < ?2 AND state = ?3" + kept);
            rows.Bind(1, new TaskId(run, 0).Value).Bind(2, new TaskId(new RunId(run.Value + 1), 0).Value).Bind(3, (long)TaskState.Dead);
            return Tasks(rows);
        },
        cancellationToken);

    public ValueTask<bool> TryRemoveAsync(RunId run, bool rows, CancellationToken cancellationToken) => Write(
        database =>
        {
            database.Execute("BEGIN IMMEDIATE");
            try
            {
                bool finished = database.Scalar($"SELECT count(*) FROM run WHERE id = {run} AND finished_at IS NOT NULL") == 1;
                if (finished && rows)
                {
                    database.Execute(RunRemoval.Of(run));
                }

                database.Execute("COMMIT");
                return finished;
            }
            catch (JournalException)
            {
                if (database.InTransaction)
                {
                    database.Execute("ROLLBACK");
                }

                throw;
            }
        },
        cancellationToken);

    public async ValueTask TidyAsync(DateTimeOffset before, CancellationToken cancellationToken) => await Write(
        database =>
        {
            database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
                DELETE FROM event WHERE run IS NULL AND at < {JournalTime.Of(before)} AND position NOT IN (
                  SELECT max(position) FROM event WHERE run IS NULL
                  GROUP BY kind, json_extract(detail, '$.class'), json_extract(detail, '$.node'));
                PRAGMA incremental_vacuum
                """));
            return true;
        },
        cancellationToken);

    public ValueTask<IReadOnlySet<TaskId>> PurgedAsync(CancellationToken cancellationToken) => Read<IReadOnlySet<TaskId>>(
        database =>
        {
            if (!HasPurged(database))
            {
                return new HashSet<TaskId>();
            }

            using SqliteStatement rows = database.Query($"SELECT task FROM task_progress WHERE {RunRemoval.Purged}");
            return Tasks(rows);
        },
        cancellationToken);

    public ValueTask<bool> TryPurgeAsync(TaskId task, DateTimeOffset now, CancellationToken cancellationToken) => Write(
        database =>
        {
            using SqliteStatement insert = database.Query($"INSERT OR REPLACE INTO purged SELECT task, fence, ?2 FROM task_progress WHERE task = ?1 AND state = {(int)TaskState.Dead}");
            insert.Bind(1, task.Value).Bind(2, JournalTime.Of(now));
            insert.Step();
            return database.Scalar("SELECT changes()") > 0;
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<int>> AttemptsAsync(TaskId task, CancellationToken cancellationToken) => Read<IReadOnlyList<int>>(
        database =>
        {
            using SqliteStatement rows = database.Query("SELECT number FROM attempt WHERE task = ?1");
            rows.Bind(1, task.Value);
            List<int> numbers = [];
            while (rows.Step())
            {
                numbers.Add(rows.Int(0));
            }

            return numbers;
        },
        cancellationToken);

    public async ValueTask BackUpAsync(string file, CancellationToken cancellationToken)
    {
        string draft = file + ".part";
        File.Delete(draft);
        try
        {
            await Read(
                database =>
                {
                    using SqliteStatement copy = database.Query("VACUUM INTO ?1");
                    copy.Bind(1, draft).Step();
                    return true;
                },
                cancellationToken);
            File.SetUnixFileMode(draft, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            using (var written = new FileStream(draft, FileMode.Open, FileAccess.ReadWrite))
            {
                written.Flush(flushToDisk: true);
            }

            File.Move(draft, file, overwrite: false);
        }
        finally
        {
            File.Delete(draft);
        }
    }

    private ValueTask<T> Read<T>(Func<SqliteDatabase, T> question, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteDatabase database = SqliteJournalFile.OpenReader(path, options);
        return ValueTask.FromResult(question(database));
    }

    private ValueTask<T> Write<T>(Func<SqliteDatabase, T> change, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using SqliteDatabase database = SqliteDatabase.Open(path, write: true, options.BusyTimeout);
        JournalSchema.Migrate(database);
        return ValueTask.FromResult(change(database));
    }

    /// <summary>A journal of version 1 that nobody has written since has no such table.</summary>
    private static bool HasPurged(SqliteDatabase database) => database.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'purged'") == 1;

    private static HashSet<TaskId> Tasks(SqliteStatement rows)
    {
        HashSet<TaskId> tasks = [];
        while (rows.Step())
        {
            tasks.Add(new TaskId(rows.Long(0)));
        }

        return tasks;
    }

    private static long Length(string file) => File.Exists(file) ? new FileInfo(file).Length : 0;
}
