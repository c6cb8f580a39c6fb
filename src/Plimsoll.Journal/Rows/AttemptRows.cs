using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads the attempts of a task.</summary>
internal static class AttemptRows
{
    internal static async ValueTask<IReadOnlyList<AttemptRecord>> OfAsync(IRowSource source, TaskId task, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query(
            $"""
            SELECT a.number, a.fence, a.at, e.at, e.outcome, e.exit_code, e.signal, coalesce(e.peak_resident, 0), coalesce(e.cpu, 0),
              p.pid, p.start_ticks, boot.boot_id, coalesce(e.reason, e.start_error), coalesce(e.memory_end, 0), {FootprintRows.Columns}
            FROM attempt a LEFT JOIN attempt_process p ON p.fence = a.fence LEFT JOIN boot ON boot.id = p.boot LEFT JOIN attempt_end e ON e.fence = a.fence
              LEFT JOIN attempt_footprint f ON f.fence = a.fence
            WHERE a.task = ?1 ORDER BY a.fence
            """,
            task.Value);
        List<AttemptRecord> attempts = [];
        while (await rows.NextAsync(cancellationToken))
        {
            ProcessIdentity? process = rows.IsNull(9) ? null : new ProcessIdentity(rows.Int(9), rows.Long(10), rows.Text(11));
            attempts.Add(new AttemptRecord(
                new AttemptId(task, rows.Int(0), rows.Long(1)), JournalTime.From(rows.Long(2)), JournalTime.From(rows.LongOrNull(3)),
                rows.IntOrNull(4) is { } outcome ? (AttemptOutcome)outcome : null, rows.IntOrNull(5), rows.IntOrNull(6),
                new Bytes(rows.Long(7)), new TimeSpan(rows.Long(8)), process, rows.TextOrNull(12))
            {
                Evidence = (MemoryEnd)rows.Int(13),
                Footprint = FootprintRows.Read(rows, 14),
            });
        }

        foreach ((_, ModelUsed used) in await UsageRows.OfAsync(source, task, new TaskId(task.Value + 1), cancellationToken))
        {
            int index = attempts.FindIndex(attempt => attempt.Attempt == used.Attempt);
            attempts[index] = attempts[index] with { Usage = used.Usage };
        }

        return attempts;
    }
}
