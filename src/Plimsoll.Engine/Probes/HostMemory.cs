using System.Runtime.InteropServices;
using Plimsoll.Core.Units;

namespace Plimsoll.Engine.Probes;

/// <summary>Physical memory narrowed by every memory cgroup this process is in.</summary>
/// <remarks>
/// Free is MemAvailable, or what the tightest cgroup leaves: its limit minus its use without clean page cache (file pages that
/// are neither shared memory nor dirty), because the kernel takes those back for the asking.
/// </remarks>
internal sealed class HostMemory : IDisposable
{
    private readonly ProcFile? meminfo;
    private readonly IReadOnlyList<CgroupMemory> groups;
    private readonly Action<string> notice;
    private bool noticed;

    public HostMemory(Action<string> notice)
    {
        this.notice = notice;
        meminfo = ProcFile.Open("/proc/meminfo");
        groups = OperatingSystem.IsLinux() ? CgroupMemory.OfThisProcess() : [];
    }

    public (Bytes Limit, Bytes Free) Read()
    {
        (long limit, long free) = Machine();
        foreach (CgroupMemory group in groups)
        {
            if (group.Read() is not { } bounds)
                continue;

            limit = Math.Min(limit, bounds.Limit);
            free = Math.Min(free, bounds.Free);
        }

        return (new Bytes(limit), new Bytes(free));
    }

    public void Dispose()
    {
        meminfo?.Dispose();
        foreach (CgroupMemory group in groups)
            group.Dispose();
    }

    private (long Limit, long Free) Machine()
    {
        if (meminfo is not null)
        {
            ReadOnlySpan<byte> content = meminfo.Read();
            if (ProcFile.Field(content, "MemTotal:"u8) is { } total && ProcFile.Field(content, "MemAvailable:"u8) is { } available)
                return (total * 1024, available * 1024);
        }

        if (!noticed)
        {
            noticed = true;
            notice($"/proc/meminfo cannot be read on {RuntimeInformation.OSDescription}: memory is what the .NET runtime last saw, which is coarse and late");
        }

        GCMemoryInfo info = GC.GetGCMemoryInfo();
        return (info.TotalAvailableMemoryBytes, Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes));
    }
}
