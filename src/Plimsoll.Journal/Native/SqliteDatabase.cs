using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Plimsoll.Journal.Native;

/// <summary>One connection to an SQLite file; one caller at a time.</summary>
internal sealed unsafe class SqliteDatabase : IDisposable
{
    private const int OpenReadOnly = 0x1;
    private const int OpenReadWrite = 0x2;
    private const int OpenCreate = 0x4;
    private const int OpenNoMutex = 0x8000;
    private const uint PreparePersistent = 1;
    private const int HasMoved = 20;

    private readonly List<SqliteStatement> statements = [];

    /// <summary>Pages in the write-ahead log after the last commit; written by SQLite's hook on the committing thread.</summary>
    private int* logPages;

    private SqliteDatabase(string path) => Path = path;

    internal string Path { get; }

    internal nint Handle { get; private set; }

    internal bool InTransaction => SqliteNative.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>Length of the write-ahead log in use after the last commit of this connection, once <see cref="TrackLog"/> was called.</summary>
    internal int LogPages => logPages == null ? 0 : *logPages;

    /// <summary>True when the path no longer leads to the open file: it was deleted, moved or replaced.</summary>
    internal bool Moved => SqliteNative.sqlite3_file_control(Handle, "main", HasMoved, out int moved) == SqliteCode.Ok && moved != 0;

    /// <summary>True when the last call failed because another process holds a lock.</summary>
    internal bool IsBusy => (SqliteNative.sqlite3_extended_errcode(Handle) & 0xff) == SqliteCode.Busy;

    /// <summary>How long a statement waits from now on for locks of other processes.</summary>
    internal void WaitForLocks(TimeSpan busy) => _ = SqliteNative.sqlite3_busy_timeout(Handle, (int)busy.TotalMilliseconds);

    /// <summary>Opens the file; <paramref name="busy"/> is how long a statement waits for locks of other processes.</summary>
    internal static SqliteDatabase Open(string path, bool write, TimeSpan busy)
    {
        SqliteDatabase database = new(path);
        int flags = OpenNoMutex | (write ? OpenReadWrite | OpenCreate : OpenReadOnly);
        int code = SqliteNative.sqlite3_open_v2(path, out nint handle, flags, null);
        database.Handle = handle;
        if (code != SqliteCode.Ok)
        {
            Exception fault = SqliteFault.Of(database, code, "opening");
            database.Dispose();
            throw fault;
        }

        database.WaitForLocks(busy);
        return database;
    }

    /// <summary>Compiles a statement that lives as long as the connection.</summary>
    internal SqliteStatement Prepare(string sql)
    {
        SqliteStatement statement = Compile(sql, PreparePersistent);
        statements.Add(statement);
        return statement;
    }

    /// <summary>Compiles a statement for one use; the caller disposes it.</summary>
    internal SqliteStatement Query(string sql) => Compile(sql, 0);

    /// <summary>Runs one or more statements and ignores their rows.</summary>
    internal void Execute(string sql)
    {
        byte[] text = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = text)
        {
            byte* at = start;
            while (at < start + text.Length)
            {
                Check(SqliteNative.sqlite3_prepare_v3(Handle, at, (int)(start + text.Length - at), 0, out nint handle, out byte* tail), sql);
                at = tail;
                if (handle != 0)
                {
                    using SqliteStatement statement = new(this, handle, sql);
                    while (statement.Step())
                    {
                    }
                }
            }
        }
    }

    internal long Scalar(string sql)
    {
        using SqliteStatement statement = Query(sql);
        return statement.Step() ? statement.Long(0) : 0;
    }

    internal string ScalarText(string sql)
    {
        using SqliteStatement statement = Query(sql);
        return statement.Step() ? statement.Text(0) : "";
    }

    /// <summary>Keeps <see cref="LogPages"/> up to date; replaces SQLite's automatic checkpoints.</summary>
    internal void TrackLog()
    {
        logPages = (int*)NativeMemory.AllocZeroed(sizeof(int));
        SqliteNative.sqlite3_wal_hook(Handle, &Committed, (nint)logPages);
    }

    internal void Check(int code, string doing)
    {
        if (code != SqliteCode.Ok)
        {
            throw SqliteFault.Of(this, code, doing.Length > 60 ? doing[..60] : doing);
        }
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in statements)
        {
            statement.Dispose();
        }

        statements.Clear();
        _ = SqliteNative.sqlite3_close_v2(Handle);
        Handle = 0;
        NativeMemory.Free(logPages);
        logPages = null;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Committed(nint logPages, nint database, byte* name, int pages)
    {
        *(int*)logPages = pages;
        return SqliteCode.Ok;
    }

    private SqliteStatement Compile(string sql, uint flags)
    {
        byte[] text = Encoding.UTF8.GetBytes(sql);
        fixed (byte* start = text)
        {
            Check(SqliteNative.sqlite3_prepare_v3(Handle, start, text.Length, flags, out nint handle, out _), sql);
            return new SqliteStatement(this, handle, sql);
        }
    }
}
