using System.Runtime.InteropServices;

namespace Plimsoll.Engine.Processes.Native;

/// <summary><c>struct pollfd</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollDescriptor
{
    public int Descriptor;
    public short Wanted;
    public short Seen;
}
