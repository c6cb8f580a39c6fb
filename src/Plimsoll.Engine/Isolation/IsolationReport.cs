using System.Collections.Immutable;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Isolation;

/// <summary>What is enforced on this machine, and how to get more.</summary>
/// <param name="Kind">What <see cref="IsolationKind.Auto"/> comes to: Cgroup or Process.</param>
/// <param name="Mechanism">For people: which hierarchies, and where.</param>
/// <param name="Advice">What would give more; null when there is nothing to add.</param>
public sealed record IsolationReport(IsolationKind Kind, string Mechanism, ImmutableArray<IsolationFeature> Features, string? Advice)
{
    /// <summary>Tries it out: makes the parent of a journal's tasks and removes it again.</summary>
    /// <param name="environment">As <c>NAME=VALUE</c>: where container engines are looked for; null = not at all.</param>
    public static IsolationReport Examine(IsolationOptions options, IReadOnlyList<string>? environment = null)
    {
        using TaskParent? parent = TaskParent.TryOpen(options, static _ => { }, out string? refusal);
        IsolationReport report = parent is null ? Watched(refusal!) : Of(parent);
        return environment is null ? report : report with { Features = report.Features.Add(Containers(ContainerEngine.Find(environment), parent)) };
    }

    /// <summary>What the cgroups of this parent enforce.</summary>
    public static IsolationReport Of(TaskParent parent)
    {
        CgroupPaths paths = parent.Paths;
        bool second = paths.IsUnified;
        bool kills = paths.Unified is { } unified && File.Exists($"{unified}/cgroup.kill");
        string where = Path.GetDirectoryName(paths.Memory) ?? paths.Memory;
        return new IsolationReport(
            IsolationKind.Cgroup,
            second ? $"cgroup v2 below {where}" : $"cgroup v1{(paths.Unified is null ? "" : " with v2 beside it")} below {where}",
            [
                new("memory_limit", true, second ? "memory.max, the whole task is killed (memory.oom.group)" : "memory.limit_in_bytes, the rest of the task is killed within a second"),
                new("all tasks together", true, second ? "memory.max of their parent" : "memory.limit_in_bytes of their parent"),
                new("cpu", paths.Cpu is not null, paths.Cpu is null ? "no cpu controller: cpu: is counted, not enforced" : second ? "cpu.max and cpu.weight" : "cpu.cfs_quota_us and cpu.shares"),
                new("processes", paths.Pids is not null, paths.Pids is null ? "no pids controller" : "pids.max"),
                new("freeze", true, paths.Unified is not null ? "cgroup.freeze" : "freezer.state"),
                new("kill", true, kills ? "cgroup.kill, at once" : "SIGKILL to each process in the group"),
                new("stalls", parent.PressureFile is { } stalls && File.Exists(stalls), Stalls(parent.PressureFile)),
                new("reclaim", second && File.Exists($"{paths.Memory}/memory.reclaim"), second ? "memory.reclaim" : "not in cgroup v1"),
            ],
            !second ? "cgroup v2 adds reclaim and kills a task at its limit as a whole: boot with systemd.unified_cgroup_hierarchy=1"
            : paths.Cpu is null ? "systemd gives users no cpu controller by itself: systemctl edit user@.service, [Service], Delegate=cpu cpuset io memory pids; then log in anew"
            : null);
    }

    private static IsolationFeature Containers(ContainerEngine? engine, TaskParent? parent) =>
        engine is null ? new("containers", false, "neither podman nor docker is on the PATH")
        : ContainerPlacement.Enforces(parent) ? new("containers", true, $"{engine.Program}: memory_limit and cpu, read back once they run")
        : new("containers", false, $"{engine.Program}: they run, but rootless ones have limits only in a delegated cgroup v2; memory_limit is refused");

    private static IsolationReport Watched(string refusal) => new(
        IsolationKind.Process,
        $"sessions of processes: {refusal}",
        [
            new("memory_limit", false, "watched: a task seen above it is killed, up to a quarter of a second late"),
            new("all tasks together", false, "by admission only"),
            new("cpu", false, "counted, not enforced"),
            new("processes", false, "not limited"),
            new("freeze", false, "SIGSTOP to the process tree; a process that hid from it goes on"),
            new("kill", true, "SIGKILL to the process tree"),
            new("stalls", File.Exists(NodeProbe.MachinePressure), Stalls(null)),
            new("reclaim", false, "needs cgroup v2"),
        ],
        SystemdScope.Missing() ?? (refusal.Contains(CgroupBase.Advice, StringComparison.Ordinal) ? null : CgroupBase.Advice));

    private static string Stalls(string? file) =>
        file is not null && File.Exists(file) ? "memory.pressure of the tasks' parent"
        : File.Exists(NodeProbe.MachinePressure) ? $"{NodeProbe.MachinePressure}, of the whole machine"
        : "not counted by this kernel (boot with psi=1)";
}
