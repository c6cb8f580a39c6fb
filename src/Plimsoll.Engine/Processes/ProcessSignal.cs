using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Signals to processes that are not our children, safe against a number that was taken over by another process.</summary>
internal static class ProcessSignal
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Opens a descriptor that becomes readable when the process has ended; -1 when it has ended already, or its number is another's.</summary>
    public static int Open(int pid, long startTicks)
    {
        int descriptor = LibC.OpenPid(pid);
        if (descriptor < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            return error is Errno.NoProcess or Errno.Invalid
                ? -1
                : throw new InvalidOperationException($"process {pid} cannot be watched: {Errno.Text(error)}; raise the limit of open files (ulimit -n)");
        }

        if (ProcStat.TryRead(pid, out ProcStat now) && now.StartTicks == startTicks && !now.IsZombie)
            return descriptor;

        _ = LibC.Close(descriptor);
        return -1;
    }

    /// <summary>Signals the process if it is still the one that started at that tick.</summary>
    public static bool Send(int pid, long startTicks, int signal)
    {
        int descriptor = LibC.OpenPid(pid);
        if (descriptor < 0)
            return false;

        // The descriptor pins the process; what is read after opening it is about the same one or a later one.
        bool same = ProcStat.TryRead(pid, out ProcStat now) && now.StartTicks == startTicks;
        bool sent = same && LibC.SignalPid(descriptor, signal) == 0;
        _ = LibC.Close(descriptor);
        return sent;
    }
}
