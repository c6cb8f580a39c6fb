using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads what was learned of classes.</summary>
internal static class ProfileRows
{
    internal static List<(long Position, ClassLearned Fact)> All(SqliteDatabase database)
    {
        using SqliteStatement rows = database.Query("SELECT position, at, class, detail FROM class_profile ORDER BY position");
        List<(long, ClassLearned)> found = [];
        while (rows.Step())
        {
            ProfileSnapshot profile = EventRow.Parse(rows.Utf8(3)).Profile ?? ProfileSnapshot.Empty;
            found.Add((rows.Long(0), new ClassLearned(JournalTime.From(rows.Long(1)), rows.Text(2), profile)));
        }

        return found;
    }
}
