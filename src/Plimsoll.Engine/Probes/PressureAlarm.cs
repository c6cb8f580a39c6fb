using System.Text;
using Plimsoll.Engine.Isolation;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Probes;

/// <summary>The pause between two readings, which the kernel cuts short when work begins to stall for memory.</summary>
/// <remarks>
/// A trigger of accounting/psi.rst: told once per window when stalls exceed a threshold in it. Allowed to root (CAP_SYS_RESOURCE), and since Linux 6.5 to all with
/// windows of whole 2 s. Without a trigger it only waits. One thread waits, any may wake it.
/// </remarks>
public sealed unsafe class PressureAlarm : IDisposable
{
    private const short PollIn = 0x1;
    private const short PollUrgent = 0x2;
    private const short PollError = 0x8;

    // 50 ms of stalls in a second; what is left for everybody is twice as much in two.
    private static readonly string[] Triggers = ["some 50000 1000000", "some 100000 2000000"];
    private readonly int wake;
    private int trigger = -1; // written by the waiting thread after the constructor
    private int woken;

    /// <param name="parent">Whose stalls alarm where the kernel counts them per group; null = the machine's.</param>
    public PressureAlarm(TaskParent? parent)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("pressure is told by Linux only; wait by a timer instead");

        wake = LibC.EventDescriptor(0, LibC.OpenCloseOnExec | LibC.EventNonBlocking);
        foreach (string? file in (string?[])[parent?.PressureFile, NodeProbe.MachinePressure])
        {
            if (file is not null && trigger < 0)
                trigger = Arm(file);
        }
    }

    /// <summary>The kernel tells; otherwise stalls are seen at the next reading.</summary>
    public bool IsArmed => trigger >= 0;

    /// <summary>Ends the wait, or the next one.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref woken, 1) != 0)
            return;

        ulong one = 1;
        _ = LibC.Write(wake, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Waits until the time is over, somebody wakes us or work stalls.</summary>
    /// <returns>True when work stalls.</returns>
    public bool Wait(TimeSpan atMost)
    {
        PollDescriptor* descriptors = stackalloc PollDescriptor[2];
        descriptors[0] = new PollDescriptor { Descriptor = wake, Wanted = PollIn };
        descriptors[1] = new PollDescriptor { Descriptor = trigger, Wanted = PollUrgent };
        TimeSpec timeout = new() { Seconds = (long)atMost.TotalSeconds, Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * 100 };
        int seen = LibC.Poll(descriptors, trigger >= 0 ? 2u : 1u, &timeout, null);
        if (seen > 0 && (descriptors[0].Seen & PollIn) != 0)
        {
            ulong value;
            _ = LibC.Read(wake, (byte*)&value, sizeof(ulong));
        }

        // After the read: a wake-up given from here on signals again, so none is lost.
        Volatile.Write(ref woken, 0);
        if (seen <= 0 || trigger < 0)
            return false;

        if ((descriptors[1].Seen & PollError) == 0)
            return (descriptors[1].Seen & PollUrgent) != 0;

        // Its group has been removed.
        _ = LibC.Close(trigger);
        trigger = -1;
        return false;
    }

    public void Dispose()
    {
        _ = LibC.Close(wake);
        if (trigger >= 0)
            _ = LibC.Close(trigger);
    }

    private static int Arm(string file)
    {
        foreach (string text in Triggers)
        {
            int descriptor = LibC.Open(file, LibC.OpenReadWrite | LibC.OpenCloseOnExec | LibC.EventNonBlocking, 0);
            if (descriptor < 0)
                return -1;

            nint written;
            byte[] content = Encoding.ASCII.GetBytes(text + "\0");
            fixed (byte* start = content)
            {
                written = LibC.Write(descriptor, start, content.Length);
            }

            if (written > 0)
                return descriptor;

            _ = LibC.Close(descriptor);
        }

        return -1;
    }
}
