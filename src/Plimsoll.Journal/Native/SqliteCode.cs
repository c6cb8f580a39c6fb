namespace Plimsoll.Journal.Native;

/// <summary>Result codes of SQLite the journal tells apart (https://sqlite.org/rescode.html).</summary>
internal static class SqliteCode
{
    internal const int Ok = 0;
    internal const int Error = 1;
    internal const int Permission = 3;
    internal const int Busy = 5;
    internal const int Locked = 6;
    internal const int ReadOnly = 8;
    internal const int Interrupt = 9;
    internal const int InputOutput = 10;
    internal const int Corrupt = 11;
    internal const int Full = 13;
    internal const int CannotOpen = 14;
    internal const int Constraint = 19;
    internal const int NotADatabase = 26;
    internal const int Row = 100;
    internal const int Done = 101;

    internal const int ReadOnlyMoved = ReadOnly | (4 << 8);
    internal const int NoSpaceLeft = 28;
    internal const int QuotaExceeded = 122;
    internal const int FileTooBig = 27;
}
