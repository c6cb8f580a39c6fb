using Plimsoll.Core.Units;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>File pages an attempt's biggest process maps, and whose they are.</summary>
/// <remarks>Read from the process: a cgroup counts a shared page only for the group that touched it first.</remarks>
internal readonly record struct MappedPages(Bytes Mapped, ulong Executable)
{
    private const int StatusBytes = 4096;

    /// <summary>Null when the process is gone.</summary>
    public static MappedPages? Of(int pid)
    {
        Span<byte> buffer = stackalloc byte[StatusBytes];
        ReadOnlySpan<byte> content = buffer[..ProcEntry.Read(pid, "status"u8, buffer)];
        return ProcFile.Field(content, "RssFile:"u8) is not { } kibibytes ? null
            : new MappedPages(new Bytes(kibibytes * 1024), ProcEntry.Executable(pid));
    }

    /// <summary>The process with most resident memory; 0 when there is none.</summary>
    public static int Biggest(ReadOnlySpan<int> pids)
    {
        int biggest = 0;
        long most = -1;
        foreach (int pid in pids)
        {
            if (!ProcStat.TryRead(pid, out ProcStat stat) || stat.ResidentPages <= most)
                continue;

            most = stat.ResidentPages;
            biggest = pid;
        }

        return biggest;
    }
}
