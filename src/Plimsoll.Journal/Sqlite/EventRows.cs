using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads the events of a run.</summary>
internal static class EventRows
{
    internal static IReadOnlyList<EventRecord> Of(SqliteDatabase database, RunId run, long after, int limit)
    {
        using SqliteStatement rows = database.Query("SELECT position, at, kind, task, detail FROM event WHERE run = ?1 AND position > ?2 ORDER BY position LIMIT ?3");
        rows.Bind(1, run.Value).Bind(2, after).Bind(3, limit);
        List<EventRecord> events = [];
        while (rows.Step())
        {
            TaskId? task = rows.LongOrNull(3) is { } id ? new TaskId(id) : null;
            events.Add(new EventRecord(rows.Long(0), JournalTime.From(rows.Long(1)), rows.Text(2), task, rows.Text(4)));
        }

        return events;
    }
}
