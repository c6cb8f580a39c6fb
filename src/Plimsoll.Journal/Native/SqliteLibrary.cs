using System.Reflection;
using System.Runtime.InteropServices;

namespace Plimsoll.Journal.Native;

/// <summary>Which SQLite is in use: the system's, which the distribution keeps patched, or else the bundled one.</summary>
public static class SqliteLibrary
{
    private const string SystemName = "libsqlite3.so.0";

    /// <summary>For example <c>3.40.1</c>.</summary>
    public static unsafe string Version => Marshal.PtrToStringUTF8((nint)SqliteNative.sqlite3_libversion()) ?? "unknown";

    /// <summary><c>libsqlite3.so.0</c> or <c>bundled</c>.</summary>
    public static string Source => NativeLibrary.TryLoad(SystemName, out _) ? SystemName : "bundled";

    internal static nint Load(Assembly assembly, DllImportSearchPath? path) =>
        NativeLibrary.TryLoad(SystemName, out nint handle) ? handle : NativeLibrary.Load(SqliteNative.Library, assembly, path);
}
