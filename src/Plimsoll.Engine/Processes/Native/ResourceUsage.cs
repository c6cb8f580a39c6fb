using System.Runtime.InteropServices;

namespace Plimsoll.Engine.Processes.Native;

/// <summary><c>struct rusage</c>; what wait4 gives covers the process and the descendants it waited for.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct ResourceUsage
{
    public long UserSeconds;
    public long UserMicroseconds;
    public long SystemSeconds;
    public long SystemMicroseconds;
    public long MaxResidentKibibytes;
    private fixed long rest[13];

    public readonly TimeSpan Cpu => TimeSpan.FromMicroseconds(
        ((UserSeconds + SystemSeconds) * 1_000_000) + UserMicroseconds + SystemMicroseconds);
}
