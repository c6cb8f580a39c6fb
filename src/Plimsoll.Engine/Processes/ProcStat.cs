using System.Buffers.Text;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Processes;

/// <summary>The fields of <c>/proc/PID/stat</c> that are used here; see proc_pid_stat(5).</summary>
/// <param name="CpuTicks">User and system time of the process and of the children it waited for.</param>
internal readonly record struct ProcStat(int Pid, char State, int Parent, int Session, long StartTicks, long ResidentPages, long CpuTicks)
{
    /// <summary>Ended, and only waiting for its parent to notice.</summary>
    public bool IsZombie => State is 'Z' or 'X';

    /// <summary>Reads one process; false when it does not exist (any more).</summary>
    public static bool TryRead(int pid, out ProcStat stat)
    {
        Span<byte> buffer = stackalloc byte[1024];
        int length = ProcEntry.Read(pid, "stat"u8, buffer);
        stat = default;
        return length > 0 && TryParse(pid, buffer[..length], out stat);
    }

    /// <summary>Parses a line; the command name may contain spaces and parentheses, everything after its last one is numbers.</summary>
    internal static bool TryParse(int pid, ReadOnlySpan<byte> line, out ProcStat stat)
    {
        stat = default;
        int close = line.LastIndexOf((byte)')');
        if (close < 0 || close + 4 > line.Length)
            return false;

        char state = (char)line[close + 2];
        ReadOnlySpan<byte> rest = line[(close + 4)..];
        Span<long> fields = stackalloc long[21];
        for (int index = 0; index < fields.Length; index++)
        {
            // Field 4 (parent) is the first; some may exceed a signed long (limits), which nobody reads.
            if (!Utf8Parser.TryParse(rest, out fields[index], out int read) && !Skip(rest, out read))
                return false;

            rest = rest[Math.Min(rest.Length, read + 1)..];
        }

        stat = new ProcStat(pid, state, (int)fields[0], (int)fields[2], fields[18], fields[20], fields[10] + fields[11] + fields[12] + fields[13]);
        return true;
    }

    private static bool Skip(ReadOnlySpan<byte> rest, out int read)
    {
        read = rest.IndexOf((byte)' ');
        return read > 0;
    }
}
