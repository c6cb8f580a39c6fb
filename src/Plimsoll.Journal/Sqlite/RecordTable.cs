using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Writes what a service remembers.</summary>
internal sealed class RecordTable(SqliteDatabase database)
{
    private readonly SqliteStatement put = database.Prepare("REPLACE INTO record VALUES (?1,?2,?3,?4)");
    private readonly SqliteStatement remove = database.Prepare("DELETE FROM record WHERE kind = ?1 AND key = ?2");

    internal void Write(RecordsChanged fact)
    {
        long at = JournalTime.Of(fact.At);
        foreach (ServiceRecord record in fact.Records)
        {
            if (record.Detail is { } detail)
            {
                put.Bind(1, record.Kind).Bind(2, record.Key).Bind(3, at).Bind(4, detail).Run();
            }
            else
            {
                remove.Bind(1, record.Kind).Bind(2, record.Key).Run();
            }
        }
    }
}
