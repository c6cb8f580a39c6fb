using System.Runtime.InteropServices;
using Plimsoll.Core.Ports;

namespace Plimsoll.Journal.Native;

/// <summary>Turns a result code into the message a person can act on.</summary>
internal static class SqliteFault
{
    internal static unsafe JournalException Of(SqliteDatabase database, int code, string doing)
    {
        int extended = database.Handle == 0 ? code : SqliteNative.sqlite3_extended_errcode(database.Handle);
        int errno = database.Handle == 0 ? 0 : SqliteNative.sqlite3_system_errno(database.Handle);
        string detail = Marshal.PtrToStringUTF8((nint)(database.Handle == 0 ? SqliteNative.sqlite3_errstr(code) : SqliteNative.sqlite3_errmsg(database.Handle))) ?? "";
        return Of(database.Path, code & 0xff, extended, errno, $"{doing}: {detail}");
    }

    internal static JournalException Of(string path, int code, int extended, int errno, string detail)
    {
        bool full = code == SqliteCode.Full || (code == SqliteCode.InputOutput && errno is SqliteCode.NoSpaceLeft or SqliteCode.QuotaExceeded or SqliteCode.FileTooBig);
        (string problem, string cure, bool retryable) = code switch
        {
            _ when full => ("there is no space left for it", "free space on its disk (the largest files are mostly outputs of tasks, below runs/ in the state folder); the same turn is then written again", true),
            SqliteCode.Busy or SqliteCode.Locked => ("another process holds a lock on it", "close programs that write to it, for example an open sqlite3 transaction", true),
            _ when extended == SqliteCode.ReadOnlyMoved => ("the file was moved or deleted while it was open", "put it back, or stop Plimsoll and start it again", false),
            SqliteCode.ReadOnly or SqliteCode.Permission => ("it cannot be written", "make the file and its folder writable for this user", false),
            SqliteCode.Corrupt => ("its content is damaged or cut off", "restore it from a copy, or move it away to begin with an empty one (sqlite3 FILE .recover saves what is readable)", false),
            SqliteCode.NotADatabase => ("it is not an SQLite file", "restore it from a copy, or move it away to begin with an empty one", false),
            SqliteCode.CannotOpen => ("it cannot be opened", "check that it is a file, that its folder exists, and that this user may read and write both", false),
            SqliteCode.InputOutput => ("the disk reported an error", "check the disk (dmesg); the same turn is then written again", true),
            _ => ("SQLite refused an operation", "report this as a bug, with the file if possible", false),
        };
        return new JournalException($"Journal {path}: {problem} ({detail}; code {extended}{(errno == 0 ? "" : $", errno {errno}")}). To cure it: {cure}.", retryable);
    }
}
