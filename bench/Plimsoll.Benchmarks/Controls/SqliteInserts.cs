using System.Diagnostics;
using Plimsoll.Journal.Native;

namespace Plimsoll.Benchmarks.Controls;

/// <summary>Rows into SQLite in batches of one transaction each, with the journal's settings and nothing around them.</summary>
internal static class SqliteInserts
{
    private const int RowsPerTransaction = 1000;

    public static TimeSpan Run(string file, int rows)
    {
        using SqliteDatabase database = SqliteDatabase.Open(file, write: true, TimeSpan.FromSeconds(1));
        database.Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE done(task INTEGER PRIMARY KEY, state INTEGER, at INTEGER, note TEXT)");
        SqliteStatement insert = database.Prepare("INSERT INTO done VALUES (?1, 6, ?2, NULL)");
        long begun = Stopwatch.GetTimestamp();
        for (int first = 0; first < rows; first += RowsPerTransaction)
        {
            database.Execute("BEGIN");
            for (int row = first; row < Math.Min(rows, first + RowsPerTransaction); row++)
            {
                insert.Bind(1, row).Bind(2, begun + row).Run();
            }

            database.Execute("COMMIT");
        }

        return Stopwatch.GetElapsedTime(begun);
    }
}
