using System.Globalization;
using Plimsoll.Core.Units;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>Sets the limits of a group and reads them back: a limit counts only as far as the kernel repeats it.</summary>
/// <remarks>Files: cgroup-v2.rst; cgroup-v1/memory.rst, scheduler/sched-bwc.rst and cgroup-v1/pids.rst in the kernel's documentation.</remarks>
internal static class LimitWriter
{
    private const int PeriodMicroseconds = 100_000;
    private const int LeastQuotaMicroseconds = 1000;

    /// <returns>What is in force now.</returns>
    public static TaskLimits Apply(CgroupPaths group, TaskLimits limits, List<string> unapplied)
    {
        Bytes? memory = limits.Memory is { } bytes ? Memory(group, bytes, limits.Swap, unapplied) : null;
        if (group.IsUnified)
            _ = CgroupFolder.Write(group.Memory, "memory.oom.group", "1");

        double? cores = limits.Cores is { } wanted ? Cores(group, wanted, unapplied) : null;
        int? processes = limits.Processes is { } most ? Processes(group, most, unapplied) : null;
        return new TaskLimits(memory, cores, processes) { Swap = limits.Swap };
    }

    private static Bytes? Memory(CgroupPaths group, Bytes limit, Bytes swap, List<string> unapplied)
    {
        string file = group.IsUnified ? "memory.max" : "memory.limit_in_bytes";
        int error = CgroupFolder.Write(group.Memory, file, limit.Value);
        // Without it a task would move to swap space instead of meeting its limit. Absent where swap is not accounted.
        if (group.IsUnified)
            _ = CgroupFolder.Write(group.Memory, "memory.swap.max", swap.Value);
        else
            _ = CgroupFolder.Write(group.Memory, "memory.memsw.limit_in_bytes", limit.Value + swap.Value);

        long? inForce = CgroupFolder.ReadNumber(group.Memory, file);
        // The kernel counts pages.
        if (error == 0 && inForce is { } value && Math.Abs(value - limit.Value) < System.Environment.SystemPageSize)
            return new Bytes(value);

        unapplied.Add(Refusal($"{group.Memory}/{file}", limit.Value.ToString(CultureInfo.InvariantCulture), inForce, error));
        return null;
    }

    private static double? Cores(CgroupPaths group, double cores, List<string> unapplied)
    {
        if (group.Cpu is not { } folder)
        {
            unapplied.Add("no cpu controller: processor time is not limited");
            return null;
        }

        bool unified = folder == group.Unified;
        long quota = Math.Max(LeastQuotaMicroseconds, (long)(cores * PeriodMicroseconds));
        int error;
        long? inForce;
        if (unified)
        {
            error = CgroupFolder.Write(folder, "cpu.max", $"{quota} {PeriodMicroseconds}");
            _ = CgroupFolder.Write(folder, "cpu.weight", Math.Clamp((long)(cores * 100), 1, 10000));
            inForce = long.TryParse(CgroupFolder.Read(folder, "cpu.max")?.Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out long read) ? read : null;
        }
        else
        {
            _ = CgroupFolder.Write(folder, "cpu.cfs_period_us", PeriodMicroseconds);
            error = CgroupFolder.Write(folder, "cpu.cfs_quota_us", quota);
            _ = CgroupFolder.Write(folder, "cpu.shares", Math.Clamp((long)(cores * 1024), 2, 262144));
            inForce = CgroupFolder.ReadNumber(folder, "cpu.cfs_quota_us");
        }

        if (error == 0 && inForce == quota)
            return cores;

        unapplied.Add(Refusal($"{folder}/{(unified ? "cpu.max" : "cpu.cfs_quota_us")}", quota.ToString(CultureInfo.InvariantCulture), inForce, error));
        return null;
    }

    private static int? Processes(CgroupPaths group, int most, List<string> unapplied)
    {
        if (group.Pids is not { } folder)
        {
            unapplied.Add("no pids controller: the number of processes is not limited");
            return null;
        }

        int error = CgroupFolder.Write(folder, "pids.max", most);
        long? inForce = CgroupFolder.ReadNumber(folder, "pids.max");
        if (error == 0 && inForce == most)
            return most;

        unapplied.Add(Refusal($"{folder}/pids.max", most.ToString(CultureInfo.InvariantCulture), inForce, error));
        return null;
    }

    private static string Refusal(string file, string wanted, long? inForce, int error) =>
        $"{file} was set to {wanted} but reads {inForce?.ToString(CultureInfo.InvariantCulture) ?? "nothing"}"
        + (error == 0 ? "" : $" ({Errno.Text(error)})");
}
