namespace Plimsoll.Engine.Probes;

/// <summary>Limit and use of one memory cgroup, version 1 or 2.</summary>
/// <remarks>See cgroup-v2.rst (memory.max, memory.current, memory.stat) and cgroup-v1/memory.rst in the kernel's documentation.</remarks>
internal sealed class CgroupMemory : IDisposable
{
    private readonly ProcFile limit;
    private readonly ProcFile use;
    private readonly ProcFile? statistics;
    private readonly bool unified;

    private CgroupMemory(ProcFile limit, ProcFile use, ProcFile? statistics, bool unified)
    {
        this.limit = limit;
        this.use = use;
        this.statistics = statistics;
        this.unified = unified;
    }

    /// <summary>The groups of a process and all their ancestors that have a memory controller.</summary>
    public static IReadOnlyList<CgroupMemory> Of(CgroupMembership membership)
    {
        List<CgroupMemory> found = [];
        if (membership.Of("memory") is { } first)
            AddWithAncestors(found, membership.Mounts.Of("memory")!, first, unified: false);

        if (membership.Unified is { } second)
            AddWithAncestors(found, membership.Mounts.Unified!, second, unified: true);

        return found;
    }

    /// <summary>A group that is named by its folder, and all its ancestors.</summary>
    public static IReadOnlyList<CgroupMemory> Of(string folder, CgroupMounts mounts)
    {
        List<CgroupMemory> found = [];
        foreach (string? mount in (string?[])[mounts.Of("memory"), mounts.Unified])
        {
            if (mount is not null && (folder + "/").StartsWith(mount + "/", StringComparison.Ordinal))
                AddWithAncestors(found, mount, folder, unified: mount == mounts.Unified);
        }

        return found;
    }

    /// <summary>Null when it has no limit.</summary>
    /// <remarks>Free is the limit minus what is used, where inactive file pages and reclaimable slab count as free: the kernel takes them back for the asking.</remarks>
    public (long Limit, long Free)? Read()
    {
        // Version 1 writes "no limit" as the largest page-aligned long.
        if (limit.ReadNumber() is not { } most || most >= long.MaxValue - 65536 || use.ReadNumber() is not { } used)
            return null;

        long reclaimable = 0;
        if (statistics is not null)
        {
            ReadOnlySpan<byte> content = statistics.Read();
            long file = ProcFile.Field(content, unified ? "inactive_file "u8 : "total_inactive_file "u8) ?? 0;
            // Version 1 does not tell which part of its slab can be reclaimed.
            long slab = unified ? ProcFile.Field(content, "slab_reclaimable "u8) ?? 0 : 0;
            reclaimable = Math.Max(0, file) + Math.Max(0, slab);
        }

        return (most, Math.Clamp(most - used + reclaimable, 0, most));
    }

    public void Dispose()
    {
        limit.Dispose();
        use.Dispose();
        statistics?.Dispose();
    }

    private static void AddWithAncestors(List<CgroupMemory> found, string mount, string folder, bool unified)
    {
        while (folder.Length >= mount.Length)
        {
            ProcFile? limitFile = ProcFile.Open(Path.Join(folder, unified ? "memory.max" : "memory.limit_in_bytes"), ProcFile.NumberBytes);
            ProcFile? useFile = ProcFile.Open(Path.Join(folder, unified ? "memory.current" : "memory.usage_in_bytes"), ProcFile.NumberBytes);
            if (limitFile is not null && useFile is not null)
            {
                found.Add(new CgroupMemory(limitFile, useFile, ProcFile.Open(Path.Join(folder, "memory.stat")), unified));
            }
            else
            {
                limitFile?.Dispose();
                useFile?.Dispose();
            }

            folder = Path.GetDirectoryName(folder.TrimEnd('/')) ?? "";
        }
    }
}
