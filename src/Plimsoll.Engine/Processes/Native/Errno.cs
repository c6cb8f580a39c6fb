using System.Runtime.InteropServices;

namespace Plimsoll.Engine.Processes.Native;

/// <summary>Error numbers of Linux that are told apart here.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int NoProcess = 3;
    public const int Interrupted = 4;
    public const int TooBig = 7;
    public const int NotExecutableFormat = 8;
    public const int NoChild = 10;
    public const int Again = 11;
    public const int NoMemory = 12;
    public const int Access = 13;
    public const int Busy = 16;
    public const int Exists = 17;
    public const int NotDirectory = 20;
    public const int Invalid = 22;
    public const int TooManyFilesInSystem = 23;
    public const int TooManyFiles = 24;
    public const int TextBusy = 26;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int Quota = 122;

    /// <summary>What the C library says about it.</summary>
    public static string Text(int error) => Marshal.GetPInvokeErrorMessage(error);
}
