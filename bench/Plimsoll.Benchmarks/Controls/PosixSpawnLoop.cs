using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Plimsoll.Benchmarks.Controls;

/// <summary>The least that starting a process costs: posix_spawn of /bin/true and waitpid, nothing recorded.</summary>
internal static unsafe partial class PosixSpawnLoop
{
    public static TimeSpan Run(int items, int inFlight)
    {
        long begun = Stopwatch.GetTimestamp();
        ReadOnlySpan<byte> path = "/bin/true\0"u8;
        Span<int> pids = stackalloc int[inFlight];
        fixed (byte* program = path)
        {
            byte** arguments = stackalloc byte*[] { program, null };
            byte** environment = stackalloc byte*[] { null };
            for (int item = 0; item < items + inFlight; item++)
            {
                int slot = item % inFlight;
                if (item >= inFlight)
                {
                    Check(WaitPid(pids[slot], null, 0) < 0 ? Marshal.GetLastPInvokeError() : 0, "waitpid");
                }

                if (item < items)
                {
                    int pid;
                    Check(PosixSpawn(&pid, program, null, null, arguments, environment), "posix_spawn");
                    pids[slot] = pid;
                }
            }
        }

        return Stopwatch.GetElapsedTime(begun);
    }

    private static void Check(int error, string call)
    {
        if (error != 0)
        {
            throw new InvalidOperationException($"{call}: {Marshal.GetPInvokeErrorMessage(error)}");
        }
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn")]
    private static partial int PosixSpawn(int* pid, byte* path, void* actions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int WaitPid(int pid, int* status, int options);
}
