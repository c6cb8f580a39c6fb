using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Plimsoll.Benchmarks.Controls;

/// <summary>Rows into SQLite in batches of one transaction each, with the journal's settings and nothing around them.</summary>
internal static class SqliteInserts
{
    private const int RowsPerTransaction = 1000;

    public static TimeSpan Run(string file, int rows)
    {
        SQLitePCL.Batteries_V2.Init();
        using SqliteConnection connection = new($"Data Source={file};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; CREATE TABLE done(task INTEGER PRIMARY KEY, state INTEGER, at INTEGER, note TEXT)");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO done VALUES ($task, 6, $at, NULL)";
        SqliteParameter task = insert.Parameters.Add("$task", SqliteType.Integer);
        SqliteParameter at = insert.Parameters.Add("$at", SqliteType.Integer);
        long begun = Stopwatch.GetTimestamp();
        for (int first = 0; first < rows; first += RowsPerTransaction)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int row = first; row < Math.Min(rows, first + RowsPerTransaction); row++)
            {
                task.Value = row;
                at.Value = begun + row;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    private static void Execute(SqliteConnection connection, string text)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
