using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Plimsoll.Journal.Native;

/// <summary>The C functions of SQLite the journal calls, as they are documented at https://sqlite.org/c3ref/funclist.html.</summary>
/// <remarks>Blittable signatures only: a statement of the hot path makes about ten of these calls. Binds do no I/O and skip the GC transition.</remarks>
internal static unsafe partial class SqliteNative
{
    internal const string Library = "e_sqlite3";

    /// <summary>Makes SQLite copy a bound text or blob before the call returns.</summary>
    internal const nint Transient = -1;

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sqlite3_open_v2(string filename, out nint database, int flags, string? vfs);

    [LibraryImport(Library)]
    internal static partial int sqlite3_close_v2(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_prepare_v3(nint database, byte* sql, int bytes, uint flags, out nint statement, out byte* tail);

    [LibraryImport(Library)]
    internal static partial int sqlite3_step(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_reset(nint statement);

    [LibraryImport(Library)]
    internal static partial int sqlite3_finalize(nint statement);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int sqlite3_bind_int64(nint statement, int index, long value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int sqlite3_bind_double(nint statement, int index, double value);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int sqlite3_bind_null(nint statement, int index);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_text(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Library)]
    internal static partial int sqlite3_bind_blob(nint statement, int index, byte* value, int bytes, nint destructor);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial int sqlite3_column_type(nint statement, int column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial long sqlite3_column_int64(nint statement, int column);

    [LibraryImport(Library)]
    [SuppressGCTransition]
    internal static partial double sqlite3_column_double(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_text(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_column_blob(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_column_bytes(nint statement, int column);

    [LibraryImport(Library)]
    internal static partial int sqlite3_extended_errcode(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_system_errno(nint database);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_errmsg(nint database);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_errstr(int code);

    [LibraryImport(Library)]
    internal static partial int sqlite3_get_autocommit(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_changes(nint database);

    [LibraryImport(Library)]
    internal static partial int sqlite3_busy_timeout(nint database, int milliseconds);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int sqlite3_file_control(nint database, string name, int operation, out int value);

    [LibraryImport(Library)]
    internal static partial nint sqlite3_wal_hook(nint database, delegate* unmanaged[Cdecl]<nint, nint, byte*, int, int> hook, nint argument);

    [LibraryImport(Library)]
    internal static partial byte* sqlite3_libversion();

    /// <summary>Loads the right library before the first call of any function above.</summary>
    [ModuleInitializer]
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2255", Justification = "The resolver has to be in place before the first P/Invoke of this assembly.")]
    internal static void Register() =>
        NativeLibrary.SetDllImportResolver(typeof(SqliteNative).Assembly, (name, assembly, path) =>
            name == Library ? SqliteLibrary.Load(assembly, path) : 0);
}
