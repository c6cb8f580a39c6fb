using System.Runtime.InteropServices;

namespace Plimsoll.Engine.Processes.Native;

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}
