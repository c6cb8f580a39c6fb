using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Probes;

/// <summary>The sums over one process tree.</summary>
internal struct TreeSum
{
    private static readonly long TicksPerClockTick = TimeSpan.TicksPerSecond / 100; // USER_HZ is 100 in the kernel's interface
    private long largest;
    private long cpuTicks;

    public long ResidentBytes { get; private set; }

    /// <summary>The process that holds most; 0 = none.</summary>
    public int Biggest { get; private set; }

    /// <summary>Of its living processes and the ended ones that were waited for.</summary>
    public readonly TimeSpan Cpu => TimeSpan.FromTicks(cpuTicks * TicksPerClockTick);

    public void Add(in ProcStat process, long pageBytes)
    {
        long bytes = process.ResidentPages * pageBytes;
        ResidentBytes += bytes;
        cpuTicks += process.CpuTicks;
        if (bytes <= largest)
            return;

        largest = bytes;
        Biggest = process.Pid;
    }
}
