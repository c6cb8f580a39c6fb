using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Reads the events of a run.</summary>
internal static class EventRows
{
    internal static async ValueTask<IReadOnlyList<EventRecord>> OfAsync(IRowSource source, RunId run, long after, int limit, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query(
            "SELECT position, at, kind, task, detail FROM event WHERE run = ?1 AND position > ?2 ORDER BY position LIMIT ?3", (long)run.Value, after, (long)limit);
        List<EventRecord> events = [];
        while (await rows.NextAsync(cancellationToken))
        {
            TaskId? task = rows.LongOrNull(3) is { } id ? new TaskId(id) : null;
            events.Add(new EventRecord(rows.Long(0), JournalTime.From(rows.Long(1)), rows.Text(2), task, rows.Text(4)));
        }

        return events;
    }
}
