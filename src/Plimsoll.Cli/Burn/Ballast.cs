using System.Runtime.InteropServices;

namespace Plimsoll.Cli.Burn;

/// <summary>Memory that is really resident: an anonymous mapping whose pages are written to, outside the garbage collector's heap.</summary>
internal sealed unsafe partial class Ballast : IDisposable
{
    private const int ReadWrite = 3;
    private const int PrivateAnonymousNoReserve = 0x4022;
    private const int DontNeed = 4;
    private const int NoHugePages = 15;
    private static readonly long PageBytes = Environment.SystemPageSize;
    private readonly byte* start;
    private readonly long capacity;

    /// <param name="capacityBytes">Most that will ever be held; costs nothing until held.</param>
    public Ballast(long capacityBytes)
    {
        capacity = RoundUp(Math.Max(capacityBytes, PageBytes));
        start = (byte*)Map(null, (nuint)capacity, ReadWrite, PrivateAnonymousNoReserve, -1, 0);
        if ((nint)start == -1)
            throw new InvalidOperationException($"cannot reserve {capacity} bytes of address space: {Marshal.GetLastPInvokeErrorMessage()}");

        // A huge page would make 2 MiB resident for one written byte.
        _ = Advise(start, (nuint)capacity, NoHugePages);
    }

    /// <summary>Bytes held now, whole pages.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>Makes that much resident, or gives the rest back at once.</summary>
    public void Hold(long bytes)
    {
        long wanted = RoundUp(Math.Clamp(bytes, 0, capacity));
        for (long offset = HeldBytes; offset < wanted; offset += PageBytes)
            start[offset] = 1;

        if (wanted < HeldBytes)
            _ = Advise(start + wanted, (nuint)(HeldBytes - wanted), DontNeed);

        HeldBytes = wanted;
    }

    public void Dispose() => _ = Unmap(start, (nuint)capacity);

    private static long RoundUp(long bytes) => (bytes + PageBytes - 1) / PageBytes * PageBytes;

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int descriptor, long offset);

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
