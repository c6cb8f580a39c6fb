using System.Globalization;
using Plimsoll.Core.Units;

namespace Plimsoll.Engine.Isolation;

/// <summary>Reads which limits the kernel keeps for a group.</summary>
internal static class LimitReader
{
    /// <summary>What is in force; null = not limited.</summary>
    /// <param name="swap">Not read back: it counts only together with the memory limit.</param>
    public static TaskLimits Read(CgroupPaths group, Bytes swap)
    {
        long? memory = CgroupFolder.ReadNumber(group.Memory, group.IsUnified ? "memory.max" : "memory.limit_in_bytes");
        long? processes = group.Pids is { } pids ? CgroupFolder.ReadNumber(pids, "pids.max") : null;
        return new TaskLimits(
            memory is { } bytes and not long.MaxValue ? new Bytes(bytes) : null,
            group.Cpu is { } cpu ? Cores(cpu) : null,
            processes is { } most and <= int.MaxValue ? (int)most : null)
        {
            Swap = swap,
        };
    }

    /// <summary>Quota of processor time of one folder, in either version; null = none.</summary>
    public static double? Cores(string folder)
    {
        string[] unified = (CgroupFolder.Read(folder, "cpu.max") ?? "").Split(' ');
        double? quota = unified.Length == 2 && double.TryParse(unified[0], CultureInfo.InvariantCulture, out double first)
            ? first
            : CgroupFolder.ReadNumber(folder, "cpu.cfs_quota_us");
        double? period = unified.Length == 2 && double.TryParse(unified[1], CultureInfo.InvariantCulture, out double second)
            ? second
            : CgroupFolder.ReadNumber(folder, "cpu.cfs_period_us");
        return quota > 0 && period > 0 ? quota / period : null;
    }
}
