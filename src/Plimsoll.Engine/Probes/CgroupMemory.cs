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

    /// <summary>The groups of this process and all their ancestors that have a memory controller.</summary>
    public static IReadOnlyList<CgroupMemory> OfThisProcess() =>
        Of(File.Exists("/proc/self/cgroup") ? File.ReadAllLines("/proc/self/cgroup") : [], CgroupMounts.Read());

    internal static IReadOnlyList<CgroupMemory> Of(IEnumerable<string> memberships, CgroupMounts mounts)
    {
        List<CgroupMemory> found = [];
        foreach (string line in memberships)
        {
            // hierarchy:controllers:path, see cgroups(7); version 2 has hierarchy 0 and no controllers.
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3)
                continue;

            bool second = parts[0] == "0" && parts[1].Length == 0;
            string? mount = second ? mounts.Unified : parts[1].Split(',').Contains("memory", StringComparer.Ordinal) ? mounts.Memory : null;
            if (mount is not null)
                AddWithAncestors(found, mount, parts[2], second);
        }

        return found;
    }

    /// <summary>Null when it has no limit.</summary>
    public (long Limit, long Free)? Read()
    {
        // Version 1 writes "no limit" as the largest page-aligned long.
        if (limit.ReadNumber() is not { } most || most >= long.MaxValue - 65536 || use.ReadNumber() is not { } used)
            return null;

        long reclaimable = 0;
        if (statistics is not null)
        {
            ReadOnlySpan<byte> content = statistics.Read();
            long file = ProcFile.Field(content, unified ? "file "u8 : "total_cache "u8) ?? 0;
            long shared = ProcFile.Field(content, unified ? "shmem "u8 : "total_shmem "u8) ?? 0;
            long dirty = ProcFile.Field(content, unified ? "file_dirty "u8 : "total_dirty "u8) ?? 0;
            reclaimable = Math.Max(0, file - shared - dirty);
        }

        return (most, Math.Clamp(most - used + reclaimable, 0, most));
    }

    public void Dispose()
    {
        limit.Dispose();
        use.Dispose();
        statistics?.Dispose();
    }

    private static void AddWithAncestors(List<CgroupMemory> found, string mount, string path, bool unified)
    {
        string folder = Path.Join(mount, path);
        // In a container the path may be the host's; then the mount itself is our group.
        if (!Directory.Exists(folder))
            folder = mount;

        while (folder.Length >= mount.Length)
        {
            ProcFile? limitFile = ProcFile.Open(Path.Join(folder, unified ? "memory.max" : "memory.limit_in_bytes"));
            ProcFile? useFile = ProcFile.Open(Path.Join(folder, unified ? "memory.current" : "memory.usage_in_bytes"));
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
