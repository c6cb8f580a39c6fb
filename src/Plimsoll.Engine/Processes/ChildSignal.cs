using System.Runtime.InteropServices;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Processes;

/// <summary>Undoes an inherited <c>SIGCHLD</c> = ignore, with which the kernel would throw exit codes away; see wait(2), NOTES.</summary>
internal static unsafe class ChildSignal
{
    private const int SigChld = 17;
    private const int ActionBytes = 256;

    public static void Restore()
    {
        byte* action = stackalloc byte[ActionBytes];
        new Span<byte>(action, ActionBytes).Clear();
        bool ignored = LibC.SignalAction(SigChld, null, action) == 0 && *(nint*)action == 1;
        if (!ignored)
            return;

        *(nint*)action = 0;
        if (LibC.SignalAction(SigChld, action, null) != 0)
            throw new InvalidOperationException($"cannot restore SIGCHLD: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
