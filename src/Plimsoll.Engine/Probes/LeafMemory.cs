using System.Buffers.Text;
using System.Text;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Isolation;

namespace Plimsoll.Engine.Probes;

/// <summary>What a leaf cgroup holds: memory that belongs to its processes alone, and their processor time.</summary>
/// <remarks>Anonymous, shared and kernel memory; page cache is the kernel's to take back and is not counted.</remarks>
internal sealed class LeafMemory : IDisposable
{
    private const int MembersBytes = 4096;
    private readonly ProcFile statistics;
    private readonly ProcFile? kernel; // version 1 counts it apart
    private readonly ProcFile? cpu;
    private readonly byte[] membersPath;
    private readonly bool unified;
    private readonly bool unifiedCpu;

    private LeafMemory(ProcFile statistics, CgroupPaths paths)
    {
        this.statistics = statistics;
        membersPath = Encoding.UTF8.GetBytes($"{paths.Memory}/cgroup.procs\0");
        unified = paths.IsUnified;
        unifiedCpu = paths.Unified is not null;
        kernel = unified ? null : ProcFile.Open($"{paths.Memory}/memory.kmem.usage_in_bytes", ProcFile.NumberBytes);
        cpu = paths.Unified is { } second ? ProcFile.Open($"{second}/cpu.stat", 512)
            : paths.Accounting is { } accounting ? ProcFile.Open($"{accounting}/cpuacct.usage", ProcFile.NumberBytes)
            : null;
    }

    /// <summary>Of what the kernel counts as used, what it could take back: page cache, as of the last <see cref="Resident"/>.</summary>
    public long ReclaimableBytes { get; private set; }

    /// <summary>Null when the leaf is gone or cannot be read.</summary>
    public static LeafMemory? Open(CgroupPaths paths) =>
        ProcFile.Open($"{paths.Memory}/memory.stat", 4096) is { } statistics ? new LeafMemory(statistics, paths) : null;

    /// <summary>Null when the file has gone or holds something else.</summary>
    public Bytes? Resident()
    {
        ReadOnlySpan<byte> content = statistics.Read();
        long? anonymous = ProcFile.Field(content, unified ? "anon "u8 : "total_rss "u8);
        long? shared = ProcFile.Field(content, unified ? "shmem "u8 : "total_shmem "u8);
        if (anonymous is not >= 0 || shared is not >= 0)
            return null;

        // Both versions count shared memory among the files.
        long files = ProcFile.Field(content, unified ? "file "u8 : "total_cache "u8) ?? 0;
        ReclaimableBytes = Math.Max(0, files - shared.Value) + (unified ? ProcFile.Field(content, "slab_reclaimable "u8) ?? 0 : 0);
        long own = unified ? Kernel(content) : kernel?.ReadNumber() ?? 0;
        return new Bytes(anonymous.Value + shared.Value + Math.Max(0, own));
    }

    /// <summary>Adds its processes, those of nested groups not.</summary>
    public void AddMembers(List<int> pids)
    {
        // Opened anew: version 1 goes on showing a reader the list it made when the file was opened.
        Span<byte> buffer = stackalloc byte[MembersBytes];
        ReadOnlySpan<byte> rest = buffer[..ProcEntry.Read(membersPath, buffer)];
        while (Utf8Parser.TryParse(rest, out int pid, out int length) && length < rest.Length)
        {
            pids.Add(pid);
            rest = rest[(length + 1)..];
        }
    }

    public TimeSpan Cpu() => cpu is null ? default
        : unifiedCpu ? TimeSpan.FromMicroseconds(ProcFile.Field(cpu.Read(), "usage_usec "u8) ?? 0)
        : TimeSpan.FromTicks((cpu.ReadNumber() ?? 0) / 100);

    public void Dispose()
    {
        statistics.Dispose();
        kernel?.Dispose();
        cpu?.Dispose();
    }

    // Linux before 5.18 has the parts only. Reclaimable slab counts as free in the host's reading, so not here.
    private static long Kernel(ReadOnlySpan<byte> content) =>
        ProcFile.Field(content, "kernel "u8) is { } all
            ? all - (ProcFile.Field(content, "slab_reclaimable "u8) ?? 0)
            : (ProcFile.Field(content, "kernel_stack "u8) ?? 0)
                + (ProcFile.Field(content, "pagetables "u8) ?? 0)
                + (ProcFile.Field(content, "percpu "u8) ?? 0)
                + (ProcFile.Field(content, "slab_unreclaimable "u8) ?? 0);
}
