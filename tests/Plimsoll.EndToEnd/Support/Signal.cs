using System.Runtime.InteropServices;

namespace Plimsoll.EndToEnd.Support;

/// <summary>Signals to one process.</summary>
internal static partial class Signal
{
    public const int Interrupt = 2;
    public const int Kill = 9;
    public const int Terminate = 15;

    public static void Send(int pid, int signal) => _ = SysKill(pid, signal);

    public static bool Exists(int pid) => SysKill(pid, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SysKill(int pid, int signal);
}
