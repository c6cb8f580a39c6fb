using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Processes;

/// <summary>How often the kernel's out-of-memory killer has struck on this machine, in any group.</summary>
/// <remarks><c>oom_kill</c> in /proc/vmstat, since Linux 4.13. Corroborates a SIGKILL that nobody of us sent to an attempt without a leaf.</remarks>
internal sealed class HostKills : IDisposable
{
    private readonly ProcFile? statistics = ProcFile.Open("/proc/vmstat", 16384);
    private long before; // at the look before the last
    private long last;

    public HostKills()
    {
        before = last = Count();
    }

    /// <summary>Takes note of the count; call it every second or so.</summary>
    public void Look()
    {
        before = last;
        last = Count();
    }

    /// <summary>Whether it struck since the look before the last.</summary>
    public bool Lately() => Count() > before;

    /// <summary>All of them since the machine was booted.</summary>
    public long Count() => statistics is null ? 0 : ProcFile.Field(statistics.Read(), "oom_kill "u8) ?? 0;

    public void Dispose() => statistics?.Dispose();
}
