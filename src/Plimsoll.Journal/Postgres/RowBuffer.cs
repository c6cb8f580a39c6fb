using Npgsql;

namespace Plimsoll.Journal.Postgres;

/// <summary>Rows for one statement, kept by column: one array parameter carries a column, however many rows there are.</summary>
/// <remarks>Values are added row by row, column by column. Columns of the same kind lie one after another in <c>lists</c>.</remarks>
internal sealed class RowBuffer
{
    /// <summary>Rows per statement: more gain nothing and take memory on both sides.</summary>
    private const int MostRows = 50_000;

    private readonly ColumnKind[] kinds;
    private readonly string sql;
    private readonly Queue<object[]> full = new();
    private object[] lists;
    private int column;

    /// <param name="statement">Begins with what takes the rows; <c>{rows}</c> stands for the unnested columns a, b, c, …</param>
    internal RowBuffer(string statement, params ColumnKind[] kinds)
    {
        this.kinds = kinds;
        lists = NewLists();
        string arrays = string.Join(", ", kinds.Select((kind, at) => $"${at + 1}::{TypeOf(kind)}[]"));
        string names = string.Join(", ", kinds.Select((_, at) => NameOf(at)));
        sql = statement.Replace("{rows}", $"unnest({arrays}) AS added ({names})", StringComparison.Ordinal)
            .Replace("{columns}", string.Join(", ", kinds.Select((kind, at) => kind == ColumnKind.Json ? $"{NameOf(at)}::json" : NameOf(at))), StringComparison.Ordinal);
    }

    /// <summary>A statement that inserts all columns of a table in their order.</summary>
    internal static RowBuffer Into(string table, params ColumnKind[] kinds) => new($"INSERT INTO {table} SELECT {{columns}} FROM {{rows}}", kinds);

    internal RowBuffer Add(long value)
    {
        Next<long>().Add(value);
        return this;
    }

    internal RowBuffer Add(long? value)
    {
        Next<long?>().Add(value);
        return this;
    }

    internal RowBuffer Add(double value)
    {
        Next<double>().Add(value);
        return this;
    }

    internal RowBuffer Add(string? value)
    {
        bool json = kinds[column] == ColumnKind.Json;
        Next<string?>().Add(value is null ? null : json ? SqlText.OfJson(value) : SqlText.Of(value));
        return this;
    }

    internal RowBuffer Add(byte[] value)
    {
        Next<byte[]>().Add(value);
        return this;
    }

    /// <summary>Adds the statements for the rows to a batch; without rows there are none.</summary>
    internal void AddTo(NpgsqlBatch batch)
    {
        foreach (object[] chunk in full)
        {
            batch.BatchCommands.Add(Command(chunk));
        }

        if (Rows(lists) > 0)
        {
            batch.BatchCommands.Add(Command(lists));
        }
    }

    internal void Clear()
    {
        full.Clear();
        column = 0;
        if (Rows(lists) > 0)
        {
            foreach (object list in lists)
            {
                ((System.Collections.IList)list).Clear();
            }
        }
    }

    private List<T> Next<T>()
    {
        if (column == 0 && Rows(lists) >= MostRows)
        {
            full.Enqueue(lists);
            lists = NewLists();
        }

        List<T> list = (List<T>)lists[column];
        column = (column + 1) % kinds.Length;
        return list;
    }

    private object[] NewLists() => Array.ConvertAll(kinds, NewList);

    private static int Rows(object[] columns) => ((System.Collections.ICollection)columns[0]).Count;

    private NpgsqlBatchCommand Command(object[] columns)
    {
        NpgsqlBatchCommand command = new(sql);
        foreach (object list in columns)
        {
            command.Parameters.Add(list switch
            {
                List<long> values => new NpgsqlParameter<List<long>> { TypedValue = values },
                List<long?> values => new NpgsqlParameter<List<long?>> { TypedValue = values },
                List<double> values => new NpgsqlParameter<List<double>> { TypedValue = values },
                List<byte[]> values => new NpgsqlParameter<List<byte[]>> { TypedValue = values },
                _ => new NpgsqlParameter<List<string?>> { TypedValue = (List<string?>)list },
            });
        }

        return command;
    }

    private static object NewList(ColumnKind kind) => kind switch
    {
        ColumnKind.Whole => new List<long>(),
        ColumnKind.MaybeWhole => new List<long?>(),
        ColumnKind.Real => new List<double>(),
        ColumnKind.Bytes => new List<byte[]>(),
        _ => new List<string?>(),
    };

    private static string TypeOf(ColumnKind kind) => kind switch
    {
        ColumnKind.Real => "float8",
        ColumnKind.Text or ColumnKind.Json => "text",
        ColumnKind.Bytes => "bytea",
        _ => "bigint",
    };

    private static string NameOf(int column) => ((char)('a' + column)).ToString();
}
