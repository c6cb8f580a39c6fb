using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Migrations;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Sqlite;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Retention;

/// <summary>Dead letters that somebody removed: their output is gone, they are listed no more and hold no run back from retention.</summary>
/// <remarks>Works beside a live writer: a letter's attempts have ended, and a later attempt of the task is none of this.</remarks>
public sealed class PurgedLetters(StateFolder folder, SqliteJournalOptions options)
{
    /// <summary>A task is purged as long as the attempt that killed it is its latest.</summary>
    internal const string Condition = "EXISTS (SELECT 1 FROM purged WHERE purged.task = task_progress.task AND purged.fence = task_progress.fence)";

    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public IReadOnlySet<TaskId> Read()
    {
        using SqliteDatabase database = SqliteJournalFile.OpenReader(folder.JournalPath, options);
        HashSet<TaskId> purged = [];
        if (Exist(database))
        {
            using SqliteStatement rows = database.Query($"SELECT task FROM task_progress WHERE {Condition}");
            while (rows.Step())
            {
                purged.Add(new TaskId(rows.Long(0)));
            }
        }

        return purged;
    }

    /// <summary>The output files of all attempts of a task.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public IReadOnlyList<string> FilesOf(TaskId task)
    {
        using SqliteDatabase database = SqliteJournalFile.OpenReader(folder.JournalPath, options);
        using SqliteStatement rows = database.Query("SELECT number FROM attempt WHERE task = ?1");
        rows.Bind(1, task.Value);
        List<string> files = [];
        while (rows.Step())
        {
            files.AddRange(folder.Attempt(task, rows.Int(0)).All.Where(File.Exists));
        }

        return files;
    }

    /// <summary>Removes a letter with its files; one that was put back meanwhile stays.</summary>
    /// <returns>Whether it is gone, how many files went, and their size.</returns>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public (bool Purged, int Files, Bytes Size) Purge(TaskId task, DateTimeOffset now)
    {
        IReadOnlyList<string> files = FilesOf(task);
        using SqliteDatabase database = SqliteDatabase.Open(folder.JournalPath, write: true, options.BusyTimeout);
        JournalSchema.Migrate(database);
        using (SqliteStatement insert = database.Query($"""
            INSERT OR REPLACE INTO purged SELECT task, fence, ?2 FROM task_progress WHERE task = ?1 AND state = {(int)TaskState.Dead}
            """))
        {
            insert.Bind(1, task.Value).Bind(2, JournalTime.Of(now));
            insert.Step();
        }

        if (database.Scalar("SELECT changes()") == 0)
        {
            return (false, 0, Bytes.Zero);
        }

        long size = files.Sum(file => new FileInfo(file).Length);
        foreach (string file in files)
        {
            File.Delete(file);
        }

        return (true, files.Count, new Bytes(size));
    }

    /// <summary>A journal of version 1 that nobody has written since has no such table.</summary>
    internal static bool Exist(SqliteDatabase database) =>
        database.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'purged'") == 1;
}
