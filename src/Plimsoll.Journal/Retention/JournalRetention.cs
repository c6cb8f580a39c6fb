using System.Globalization;
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

/// <summary>Removes old finished runs with their output; what runs, waits or is a dead letter stays.</summary>
/// <remarks>Works beside a live writer, which holds no finished run; each run goes in a transaction of its own.</remarks>
public sealed class JournalRetention(StateFolder folder, SqliteJournalOptions options)
{
    /// <summary>What would be removed.</summary>
    /// <exception cref="JournalException">The journal cannot be read.</exception>
    public RetentionPlan Plan(RetentionPolicy policy, DateTimeOffset now)
    {
        using SqliteDatabase database = SqliteJournalFile.OpenReader(folder.JournalPath, options);
        DateTimeOffset limit = now - policy.Age;
        long journal = Size(folder.JournalPath) + Size(folder.JournalPath + "-wal");
        long total = journal + Size(folder.RunsPath);
        long rest = total;
        List<RetiredRun> retired = [];
        using SqliteStatement rows = database.Query("SELECT id, name, finished_at FROM run WHERE finished_at IS NOT NULL ORDER BY finished_at, id");
        while (rows.Step())
        {
            DateTimeOffset finished = JournalTime.From(rows.Long(2));
            if (finished >= limit && rest <= policy.Size.Value)
            {
                break;
            }

            RetiredRun run = Retire(database, new RunId(rows.Int(0)), rows.Text(1), finished);
            rest -= run.OutputBytes.Value;
            if (run.Whole || run.Paths.Count > 0)
            {
                retired.Add(run);
            }
        }

        return new RetentionPlan(retired, limit, new Bytes(total));
    }

    /// <summary>Removes what the plan names, unless it came back to life since; returns the runs that are gone.</summary>
    /// <exception cref="JournalException">The journal cannot be written.</exception>
    public IReadOnlyList<RetiredRun> Apply(RetentionPlan plan, CancellationToken cancellationToken)
    {
        List<RetiredRun> gone = [];
        using SqliteDatabase database = SqliteDatabase.Open(folder.JournalPath, write: true, options.BusyTimeout);
        JournalSchema.Migrate(database);
        foreach (RetiredRun run in plan.Runs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (RunRemoval.TryRemove(database, run.Run, run.Whole))
            {
                // Rows first: output without rows is found by its folder, rows without output would promise what is not there.
                foreach (string path in run.Paths)
                {
                    Delete(path);
                }

                gone.Add(run);
            }
        }

        RunRemoval.RemoveGlobalEvents(database, plan.EventsBefore);
        database.Execute("PRAGMA incremental_vacuum");
        return gone;
    }

    private RetiredRun Retire(SqliteDatabase database, RunId run, string name, DateTimeOffset finished)
    {
        HashSet<string> dead = DeadTasks(database, run);
        string root = Path.Combine(folder.RunsPath, run.ToString());
        if (dead.Count == 0)
        {
            string[] whole = Directory.Exists(root) ? [root] : [];
            return new RetiredRun(run, name, finished, 0, whole, new Bytes(Size(root)));
        }

        // The files of a task are named ORDINAL.ATTEMPT.ext.
        string[] files = Directory.Exists(root)
            ? [.. Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => !dead.Contains(Path.GetFileName(file).Split('.')[0]))]
            : [];
        return new RetiredRun(run, name, finished, dead.Count, files, new Bytes(files.Sum(Size)));
    }

    private static HashSet<string> DeadTasks(SqliteDatabase database, RunId run)
    {
        string kept = PurgedLetters.Exist(database) ? $" AND NOT {PurgedLetters.Condition}" : "";
        using SqliteStatement rows = database.Query("SELECT task FROM task_progress WHERE task >= ?1 AND task < ?2 AND state = ?3" + kept);
        rows.Bind(1, new TaskId(run, 0).Value).Bind(2, new TaskId(new RunId(run.Value + 1), 0).Value).Bind(3, (long)TaskState.Dead);
        HashSet<string> dead = new(StringComparer.Ordinal);
        while (rows.Step())
        {
            dead.Add(new TaskId(rows.Long(0)).Ordinal.ToString(CultureInfo.InvariantCulture));
        }

        return dead;
    }

    private static long Size(string path) =>
        File.Exists(path) ? new FileInfo(path).Length
        : Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
        : 0;

    private static void Delete(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
