using System.Globalization;
using System.Text;
using Npgsql;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>Rows of a query, fetched in pages through a cursor, so that many can be read in turn over one connection.</summary>
internal sealed class PostgresRows(NpgsqlConnection connection, string sql, object[] values, string cursor) : IRows
{
    private const int PageRows = 1000;

    private readonly List<object[]> page = [];
    private int at = -1;
    private bool declared;
    private bool complete;

    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        if (++at < page.Count)
        {
            return true;
        }

        if (!complete)
        {
            await FetchAsync(cancellationToken);
            at = 0;
        }

        return at < page.Count;
    }

    public bool IsNull(int column) => page[at][column] is DBNull;

    /// <remarks>Sums come as decimals, truth as a boolean, small numbers as such; nothing reads as 0, as in SQLite.</remarks>
    public long Long(int column) => page[at][column] is DBNull ? 0 : Convert.ToInt64(page[at][column], CultureInfo.InvariantCulture);

    public double Double(int column) => Convert.ToDouble(page[at][column], CultureInfo.InvariantCulture);

    public string Text(int column) => (string)page[at][column];

    public ReadOnlySpan<byte> Utf8(int column) => Encoding.UTF8.GetBytes(Text(column));

    public byte[] Blob(int column) => (byte[])page[at][column];

    public void Dispose()
    {
        // The cursor goes with its transaction.
        page.Clear();
        complete = true;
    }

    private async ValueTask FetchAsync(CancellationToken cancellationToken)
    {
        page.Clear();
        await using NpgsqlBatch batch = new(connection);
        if (!declared)
        {
            NpgsqlBatchCommand declare = new($"DECLARE {cursor} NO SCROLL CURSOR FOR {sql.Replace('?', '$')}");
            foreach (object value in values)
            {
                declare.Parameters.Add(value is string text ? new NpgsqlParameter<string> { TypedValue = SqlText.Of(text) } : new NpgsqlParameter<long> { TypedValue = (long)value });
            }

            batch.BatchCommands.Add(declare);
            declared = true;
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"FETCH {PageRows} FROM {cursor}")));
        await using NpgsqlDataReader reader = await batch.ExecuteReaderAsync(cancellationToken);
        do
        {
            while (await reader.ReadAsync(cancellationToken))
            {
                object[] row = new object[reader.FieldCount];
                reader.GetValues(row);
                for (int i = 0; i < row.Length; i++)
                {
                    if (row[i] is string value)
                    {
                        row[i] = reader.GetDataTypeName(i) == "json" ? SqlText.BackJson(value) : SqlText.Back(value);
                    }
                }

                page.Add(row);
            }
        }
        while (await reader.NextResultAsync(cancellationToken));
        complete = page.Count < PageRows;
    }
}
