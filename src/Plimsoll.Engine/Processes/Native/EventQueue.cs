using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Plimsoll.Engine.Processes.Native;

/// <summary>epoll over process descriptors, and a wake-up that any thread may give.</summary>
internal sealed unsafe class EventQueue : IDisposable
{
    private const int Capacity = 64;
    private const long WakeKey = 0;

    // struct epoll_event is packed on x64 only.
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private readonly byte[] events = new byte[Capacity * 16];
    private readonly int epoll;
    private readonly int wake;
    private int woken;

    public EventQueue()
    {
        epoll = LibC.EpollCreate(LibC.OpenCloseOnExec);
        wake = LibC.EventDescriptor(0, LibC.OpenCloseOnExec | LibC.EventNonBlocking);
        if (epoll < 0 || wake < 0)
            throw new InvalidOperationException($"cannot make an event queue: {Marshal.GetLastPInvokeErrorMessage()}; raise the limit of open files (ulimit -n)");

        Add(wake, WakeKey, LibC.EpollIn);
    }

    /// <summary>Reports <paramref name="key"/> (not zero) once when the process behind the descriptor has ended.</summary>
    public void Watch(int pidDescriptor, long key) => Add(pidDescriptor, key, LibC.EpollIn | LibC.EpollOneShot);

    public void Wake()
    {
        if (Interlocked.Exchange(ref woken, 1) != 0)
            return;

        ulong one = 1;
        _ = LibC.Write(wake, (byte*)&one, sizeof(ulong));
    }

    /// <summary>Waits for events; keys of ended processes go to <paramref name="keys"/> (at least 64 long), wake-ups are consumed.</summary>
    public int Wait(Span<long> keys, int timeoutMilliseconds)
    {
        int size = DataOffset + sizeof(long);
        int found = 0;
        fixed (byte* buffer = events)
        {
            int count = LibC.EpollWait(epoll, buffer, Capacity, timeoutMilliseconds);
            for (int index = 0; index < count; index++)
            {
                long key = BinaryPrimitives.ReadInt64LittleEndian(events.AsSpan((index * size) + DataOffset));
                if (key == WakeKey)
                    ConsumeWake();
                else
                    keys[found++] = key;
            }
        }

        return found;
    }

    public void Dispose()
    {
        _ = LibC.Close(epoll);
        _ = LibC.Close(wake);
    }

    private void ConsumeWake()
    {
        ulong value;
        _ = LibC.Read(wake, (byte*)&value, sizeof(ulong));
        // After the read: a wake-up given from here on writes again, so none is lost.
        Volatile.Write(ref woken, 0);
    }

    private void Add(int descriptor, long key, int interest)
    {
        const int AddOperation = 1;
        byte* change = stackalloc byte[16];
        *(int*)change = interest;
        *(long*)(change + DataOffset) = key;
        if (LibC.EpollControl(epoll, AddOperation, descriptor, change) != 0)
            throw new InvalidOperationException($"cannot watch a process: {Marshal.GetLastPInvokeErrorMessage()}");
    }
}
