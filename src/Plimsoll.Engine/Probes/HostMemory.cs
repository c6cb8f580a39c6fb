using System.Runtime.InteropServices;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Engine.Probes;

/// <summary>Physical memory narrowed by every memory cgroup this process is in.</summary>
/// <remarks>
/// Free is MemAvailable, or what the tightest cgroup leaves.
/// </remarks>
internal sealed class HostMemory : IDisposable
{
    private readonly ProcFile? meminfo;
    private readonly CgroupMemory[] groups;
    private readonly Action<string> notice;
    private bool noticed;

    /// <param name="hostCgroup">Folder of a memory cgroup that plays the host instead of the one this process is in.</param>
    /// <param name="notice">Told once, in a sentence, when a source cannot be read and another one is used.</param>
    public HostMemory(string? hostCgroup, Action<string> notice)
    {
        this.notice = notice;
        meminfo = ProcFile.Open("/proc/meminfo");
        groups = !OperatingSystem.IsLinux() ? []
            : hostCgroup is null ? [.. CgroupMemory.Of(CgroupMembership.OfThisProcess())]
            : [.. CgroupMemory.Of(hostCgroup, CgroupMounts.Read())];
    }

    /// <summary>Swap space of the machine at the last <see cref="Read"/>.</summary>
    public SwapSample Swap { get; private set; }

    /// <summary>True when a cgroup decided what is free: it counts mapped pages of executables as used, MemAvailable does not.</summary>
    public bool MappedIsUsed { get; private set; }

    /// <summary>Zero limit when nothing tells how much memory there is.</summary>
    public (Bytes Limit, Bytes Free) Read()
    {
        (long limit, long free) = Machine();
        MappedIsUsed = false;
        foreach (CgroupMemory group in groups)
        {
            if (group.Read() is not { } bounds)
                continue;

            limit = Math.Min(limit, bounds.Limit);
            MappedIsUsed |= bounds.Free < free;
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
            if (ProcFile.Field(content, "MemTotal:"u8) is { } total && ProcFile.Field(content, "MemAvailable:"u8) is { } available && total > 0)
            {
                long swap = (ProcFile.Field(content, "SwapTotal:"u8) ?? 0) * 1024;
                Swap = new SwapSample(new Bytes(swap), new Bytes(Math.Max(0, swap - ((ProcFile.Field(content, "SwapFree:"u8) ?? 0) * 1024))));
                return (total * 1024, available * 1024);
            }
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
