using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Diagnostics;

/// <summary>Lets one thread wait for a time given to the microsecond, or until another thread wakes it.</summary>
/// <remarks>ppoll on Linux (about 60 microseconds late), elsewhere a semaphore of millisecond resolution.</remarks>
internal sealed unsafe class PreciseSleep : IDisposable
{
    private readonly SemaphoreSlim? semaphore;
    private readonly int wake = -1;
    private int woken;

    public PreciseSleep()
    {
        if (OperatingSystem.IsLinux())
            wake = LibC.EventDescriptor(0, LibC.OpenCloseOnExec | LibC.EventNonBlocking);

        if (wake < 0)
            semaphore = new SemaphoreSlim(0);
    }

    public void Wake()
    {
        if (Interlocked.Exchange(ref woken, 1) != 0)
            return;

        ulong one = 1;
        if (semaphore is null)
            _ = LibC.Write(wake, (byte*)&one, sizeof(ulong));
        else
            semaphore.Release();
    }

    /// <summary>Waits; one thread only. A wake-up given before counts.</summary>
    public void Wait(TimeSpan atMost)
    {
        if (semaphore is not null)
        {
            semaphore.Wait((int)Math.Min(Math.Ceiling(atMost.TotalMilliseconds), int.MaxValue));
        }
        else
        {
            PollDescriptor descriptor = new() { Descriptor = wake, Wanted = 1 };
            TimeSpec timeout = new() { Seconds = (long)atMost.TotalSeconds, Nanoseconds = atMost.Ticks % TimeSpan.TicksPerSecond * 100 };
            if (LibC.Poll(&descriptor, 1, &timeout, null) > 0)
            {
                ulong value;
                _ = LibC.Read(wake, (byte*)&value, sizeof(ulong));
            }
        }

        // After the read: a wake-up given from here on signals again, so none is lost.
        Volatile.Write(ref woken, 0);
    }

    public void Dispose()
    {
        semaphore?.Dispose();
        if (wake >= 0)
            _ = LibC.Close(wake);
    }
}
