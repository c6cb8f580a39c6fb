using Plimsoll.Journal.Native;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Reads the outputs of an attempt.</summary>
internal static class OutputRows
{
    internal static IReadOnlyDictionary<string, string> Of(SqliteDatabase database, long fence)
    {
        using SqliteStatement rows = database.Query("SELECT key, value FROM output WHERE fence = ?1");
        rows.Bind(1, fence);
        Dictionary<string, string> outputs = new(StringComparer.Ordinal);
        while (rows.Step())
        {
            outputs[rows.Text(0)] = rows.Text(1);
        }

        return outputs;
    }
}
