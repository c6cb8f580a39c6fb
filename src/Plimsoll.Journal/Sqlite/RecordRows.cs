using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads what a service remembers.</summary>
internal static class RecordRows
{
    internal static IReadOnlyList<ServiceRecord> Of(SqliteDatabase database, string kind, string after, int limit)
    {
        using SqliteStatement rows = database.Query("SELECT key, detail FROM record WHERE kind = ?1 AND key > ?2 ORDER BY key LIMIT ?3");
        rows.Bind(1, kind).Bind(2, after).Bind(3, limit);
        List<ServiceRecord> found = [];
        while (rows.Step())
        {
            found.Add(new ServiceRecord(kind, rows.Text(0), rows.Text(1)));
        }

        return found;
    }
}
