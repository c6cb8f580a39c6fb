using System.Buffers.Text;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Probes;

/// <summary>Files below <c>/proc/PID</c>, read once each without allocating.</summary>
internal static unsafe class ProcEntry
{
    private const int PathBytes = 64;
    private const int StatxBytes = 256;
    private const int WantInode = 0x100;

    /// <summary>Bytes read into the buffer; 0 when the file cannot be read.</summary>
    public static int Read(int pid, ReadOnlySpan<byte> name, Span<byte> buffer)
    {
        Span<byte> path = stackalloc byte[PathBytes];
        Format(path, pid, name);
        return Read(path, buffer);
    }

    /// <summary>The same for any file, named by a path that ends with a zero.</summary>
    public static int Read(ReadOnlySpan<byte> path, Span<byte> buffer)
    {
        int descriptor;
        fixed (byte* name = path)
        {
            descriptor = LibC.Open(name, LibC.OpenReadOnly | LibC.OpenCloseOnExec, 0);
        }

        if (descriptor < 0)
            return 0;

        nint length;
        fixed (byte* start = buffer)
        {
            length = LibC.Read(descriptor, start, buffer.Length);
        }

        _ = LibC.Close(descriptor);
        return (int)Math.Max(0, length);
    }

    /// <summary>Identity of the program a process executes, from device and inode; 0 when it cannot be seen.</summary>
    public static ulong Executable(int pid)
    {
        byte* path = stackalloc byte[PathBytes];
        byte* status = stackalloc byte[StatxBytes];
        Format(new Span<byte>(path, PathBytes), pid, "exe"u8);
        const int FromCurrentFolder = -100;
        if (LibC.Statx(FromCurrentFolder, path, 0, WantInode, status) != 0)
            return 0;

        // struct statx: stx_ino at 32, stx_dev_major at 136, stx_dev_minor at 140.
        ulong device = *(ulong*)(status + 136);
        return Math.Max(1, (device * 0x9E3779B97F4A7C15) ^ *(ulong*)(status + 32));
    }

    private static void Format(Span<byte> path, int pid, ReadOnlySpan<byte> name)
    {
        "/proc/"u8.CopyTo(path);
        Utf8Formatter.TryFormat(pid, path[6..], out int digits);
        path[6 + digits] = (byte)'/';
        name.CopyTo(path[(7 + digits)..]);
        path[7 + digits + name.Length] = 0;
    }
}
