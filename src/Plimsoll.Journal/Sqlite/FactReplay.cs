using System.Globalization;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Rebuilds facts from rows, in journal order, as a stream.</summary>
/// <remarks>
/// Events come by position and attempts by fence, which is the order of their admission. The later rows of an attempt wait in a heap until
/// their position is reached, so memory grows with the attempts that were alive at once, not with all of them.
/// </remarks>
internal sealed class FactReplay
{
    private readonly SqliteDatabase database;
    private readonly HashSet<int> runs;
    private readonly PriorityQueue<Fact, long> later = new();

    private FactReplay(SqliteDatabase database, HashSet<int> runs)
    {
        this.database = database;
        this.runs = runs;
    }

    private string RunList => string.Join(',', runs.Select(run => run.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What is needed to go on: the newest limits, breakers and intake, and every run that has not finished.</summary>
    internal static IEnumerable<Fact> Unfinished(Func<SqliteDatabase> open, CancellationToken cancellationToken)
    {
        using SqliteDatabase connection = open();
        connection.Execute("BEGIN");
        FactReplay replay = new(connection, Runs(connection, "SELECT id FROM run WHERE finished_at IS NULL"));
        replay.AddGlobals();
        foreach (Fact fact in replay.Merge(cancellationToken))
        {
            yield return fact;
        }
    }

    internal static IEnumerable<Fact> OfRun(Func<SqliteDatabase> open, RunId run, CancellationToken cancellationToken)
    {
        using SqliteDatabase connection = open();
        connection.Execute("BEGIN");
        foreach (Fact fact in new FactReplay(connection, [run.Value]).Merge(cancellationToken))
        {
            yield return fact;
        }
    }

    private static HashSet<int> Runs(SqliteDatabase connection, string sql)
    {
        using SqliteStatement rows = connection.Query(sql);
        HashSet<int> found = [];
        while (rows.Step())
        {
            found.Add(rows.Int(0));
        }

        return found;
    }

    private void AddGlobals()
    {
        using SqliteStatement rows = database.Query("""
            SELECT position, at, kind, run, task, detail FROM event WHERE position IN (
              SELECT max(position) FROM event WHERE run IS NULL
              GROUP BY kind, json_extract(detail, '$.class'))
            """);
        while (rows.Step())
        {
            later.Enqueue(Event(rows), rows.Long(0));
        }

        foreach ((long position, ClassLearned fact) in ProfileRows.All(database))
        {
            later.Enqueue(fact, position);
        }
    }

    private IEnumerable<Fact> Merge(CancellationToken cancellationToken)
    {
        using SqliteStatement events = database.Query($"SELECT position, at, kind, run, task, detail FROM event WHERE run IN ({RunList}) ORDER BY position");
        using SqliteStatement attempts = database.Query($"""
            SELECT a.fence, a.position, a.at, a.task, a.number, a.node, a.reserved,
              p.position, p.at, p.pid, p.start_ticks, boot.boot_id,
              e.position, e.at, e.outcome, e.next_state, e.retry_at, e.exit_code, e.signal, e.gone, e.peak_resident, e.cpu, e.start_error, e.reason,
              EXISTS (SELECT 1 FROM output WHERE output.fence = a.fence), e.outputs_error, e.memory_end, {FootprintRows.Columns}
            FROM attempt a LEFT JOIN attempt_process p ON p.fence = a.fence LEFT JOIN boot ON boot.id = p.boot LEFT JOIN attempt_end e ON e.fence = a.fence
              LEFT JOIN attempt_footprint f ON f.fence = a.fence
            WHERE a.fence > (SELECT coalesce(min(fence_floor), 0) FROM run WHERE id IN ({RunList})) AND a.task >> 32 IN ({RunList})
            ORDER BY a.fence
            """);
        foreach ((long at, ModelUsed used) in runs.SelectMany(run => UsageRows.Of(database, new TaskId(new RunId(run), 0), new TaskId(new RunId(run + 1), 0))))
        {
            later.Enqueue(used, at);
        }

        long nextEvent = events.Step() ? events.Long(0) : long.MaxValue;
        long nextAttempt = attempts.Step() ? attempts.Long(1) : long.MaxValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long nextLater = later.TryPeek(out _, out long position) ? position : long.MaxValue;
            if (nextLater < nextEvent && nextLater < nextAttempt)
            {
                yield return later.Dequeue();
            }
            else if (nextEvent < nextAttempt)
            {
                yield return Event(events);
                nextEvent = events.Step() ? events.Long(0) : long.MaxValue;
            }
            else if (nextAttempt < long.MaxValue)
            {
                yield return Attempt(attempts);
                nextAttempt = attempts.Step() ? attempts.Long(1) : long.MaxValue;
            }
            else
            {
                yield break;
            }
        }
    }

    private Fact Event(SqliteStatement row)
    {
        RunId? run = row.IntOrNull(3) is { } number ? new RunId(number) : null;
        TaskId? task = row.LongOrNull(4) is { } id ? new TaskId(id) : null;
        long position = row.Long(0);
        EventRow record = new(JournalTime.From(row.Long(1)), row.Text(2), run, task, EventRow.Parse(row.Utf8(5)));
        return record.ToFact(() => BlockReplay.Read(database, position));
    }

    /// <summary>The admission of an attempt; what came after it is put aside until its place in the order.</summary>
    private AttemptAdmitted Attempt(SqliteStatement row)
    {
        AttemptId attempt = new(new TaskId(row.Long(3)), row.Int(4), row.Long(0));
        if (!row.IsNull(7))
        {
            later.Enqueue(new AttemptRunning(JournalTime.From(row.Long(8)), attempt, new ProcessIdentity(row.Int(9), row.Long(10), row.Text(11))), row.Long(7));
        }

        if (!row.IsNull(12))
        {
            IReadOnlyDictionary<string, string>? outputs = row.Int(24) == 0 ? null : OutputRows.Of(database, attempt.Fence);
            ExitReport report = new(row.IntOrNull(17), row.IntOrNull(18), row.TextOrNull(22), row.Int(19) != 0, new Bytes(row.Long(20)), new TimeSpan(row.Long(21)), outputs)
            {
                OutputsError = row.TextOrNull(25),
                Evidence = (MemoryEnd)row.Int(26),
                Footprint = FootprintRows.Read(row, 27),
            };
            later.Enqueue(
                new AttemptFinished(JournalTime.From(row.Long(13)), attempt, (AttemptOutcome)row.Int(14), (TaskState)row.Int(15), JournalTime.From(row.LongOrNull(16)), report, row.TextOrNull(23)),
                row.Long(12));
        }

        return new AttemptAdmitted(JournalTime.From(row.Long(2)), attempt, new NodeId(row.Int(5)), new Bytes(row.Long(6)));
    }
}
