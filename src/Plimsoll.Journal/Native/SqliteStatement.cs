using System.Buffers;
using System.Text;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Native;

/// <summary>One compiled statement: bind, step, read, reset.</summary>
internal sealed unsafe class SqliteStatement(SqliteDatabase database, nint compiled, string sql) : IRows
{
    private nint handle = compiled;

    private const int Null = 5;

    internal SqliteStatement Bind(int index, long value)
    {
        _ = SqliteNative.sqlite3_bind_int64(handle, index, value);
        return this;
    }

    internal SqliteStatement Bind(int index, long? value) => value is { } number ? Bind(index, number) : BindNull(index);

    internal SqliteStatement BindDouble(int index, double value)
    {
        _ = SqliteNative.sqlite3_bind_double(handle, index, value);
        return this;
    }

    internal SqliteStatement BindNull(int index)
    {
        _ = SqliteNative.sqlite3_bind_null(handle, index);
        return this;
    }

    internal SqliteStatement Bind(int index, string? value)
    {
        if (value is null)
        {
            return BindNull(index);
        }

        int size = Encoding.UTF8.GetMaxByteCount(value.Length);
        byte[]? rented = size > 512 ? ArrayPool<byte>.Shared.Rent(size) : null;
        Span<byte> utf8 = rented ?? stackalloc byte[512];
        BindText(index, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return this;
    }

    internal SqliteStatement BindText(int index, ReadOnlySpan<byte> utf8)
    {
        byte none = 0;
        fixed (byte* start = utf8)
        {
            database.Check(SqliteNative.sqlite3_bind_text(handle, index, start == null ? &none : start, utf8.Length, SqliteNative.Transient), sql);
        }

        return this;
    }

    internal SqliteStatement BindBlob(int index, ReadOnlySpan<byte> value)
    {
        byte none = 0;
        fixed (byte* start = value)
        {
            database.Check(SqliteNative.sqlite3_bind_blob(handle, index, start == null ? &none : start, value.Length, SqliteNative.Transient), sql);
        }

        return this;
    }

    /// <summary>Goes to the next row; false at the end.</summary>
    internal bool Step()
    {
        int code = SqliteNative.sqlite3_step(handle);
        return code switch
        {
            SqliteCode.Row => true,
            SqliteCode.Done => false,
            _ => throw SqliteFault.Of(database, code, sql.Length > 60 ? sql[..60] : sql),
        };
    }

    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Step());

    /// <summary>Runs a statement without rows and makes it ready for the next use.</summary>
    internal void Run()
    {
        int code = SqliteNative.sqlite3_step(handle);
        if (code is not (SqliteCode.Done or SqliteCode.Row))
        {
            Exception fault = SqliteFault.Of(database, code, sql.Length > 60 ? sql[..60] : sql);
            _ = SqliteNative.sqlite3_reset(handle);
            throw fault;
        }

        _ = SqliteNative.sqlite3_reset(handle);
    }

    internal void Reset() => _ = SqliteNative.sqlite3_reset(handle);

    public bool IsNull(int column) => SqliteNative.sqlite3_column_type(handle, column) == Null;

    public long Long(int column) => SqliteNative.sqlite3_column_int64(handle, column);

    public int Int(int column) => (int)SqliteNative.sqlite3_column_int64(handle, column);

    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);

    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);

    public double Double(int column) => SqliteNative.sqlite3_column_double(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Utf8(column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    /// <summary>The column's text, valid until the next step.</summary>
    public ReadOnlySpan<byte> Utf8(int column)
    {
        byte* start = SqliteNative.sqlite3_column_text(handle, column);
        return new ReadOnlySpan<byte>(start, SqliteNative.sqlite3_column_bytes(handle, column));
    }

    public byte[] Blob(int column)
    {
        byte* start = SqliteNative.sqlite3_column_blob(handle, column);
        return new ReadOnlySpan<byte>(start, SqliteNative.sqlite3_column_bytes(handle, column)).ToArray();
    }

    public void Dispose()
    {
        _ = SqliteNative.sqlite3_finalize(handle);
        handle = 0;
    }
}
