using System.Diagnostics.CodeAnalysis;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>Finds the group below which tasks may get groups of their own.</summary>
internal static class CgroupBase
{
    public const string Advice =
        "run as root, or on cgroup v2 in a delegated scope: systemd-run --user --scope -p Delegate=yes plimsoll …";

    private const string Memory = "memory";

    private static readonly string[] Others = ["pids", "cpu"];

    public static CgroupPaths? Find(IsolationOptions options, [NotNullWhen(false)] out string? refusal)
    {
        CgroupMembership own = CgroupMembership.OfThisProcess();
        if (own.Of(Memory) is { } memory)
            return Legacy(options, own, memory, out refusal);

        if (own.Unified is not { } unified)
            return None("no cgroup file system with a memory controller is mounted; mount cgroup2 on /sys/fs/cgroup", out refusal);

        CgroupPaths? found = Unified(options, own, unified, out refusal);
        if (found is null && options is { UseSystemd: true, HostCgroup: null } && SystemdScope.Enter(options.ParentName))
        {
            own = CgroupMembership.OfThisProcess();
            found = Unified(options, own, own.Unified ?? unified, out string? second);
            refusal = found is null ? second : null;
        }

        return found;
    }

    public static CgroupPaths? None(string why, out string? refusal)
    {
        refusal = why;
        return null;
    }

    /// <summary>Lets the children of a version 2 group have controllers of their own; null, or what is missing.</summary>
    public static string? EnableControllers(string folder)
    {
        string offered = CgroupFolder.Read(folder, "cgroup.controllers") ?? "";
        if (!Has(offered, Memory))
            return $"{folder} has no memory controller (it has '{offered}'); {Advice}";

        // First, and alone when it fails: the others would be taken by a group with processes in it too, but make it the root of a threaded
        // subtree, into whose children no process can be moved any more (EOPNOTSUPP; cgroup-v2.rst, "Threads").
        int error = Enable(folder, Memory);
        if (error != 0)
        {
            return $"{folder}/cgroup.subtree_control does not take +memory: {Errno.Text(error)}"
                + $"{(error == Errno.Busy ? ", because processes are in that group itself" : "")}; {Advice}";
        }

        foreach (string controller in Others)
        {
            if (Has(offered, controller))
                _ = Enable(folder, controller);
        }

        return null;
    }

    private static int Enable(string folder, string controller) =>
        Has(CgroupFolder.Read(folder, "cgroup.subtree_control") ?? "", controller) ? 0 : CgroupFolder.Write(folder, "cgroup.subtree_control", $"+{controller}");

    private static CgroupPaths? Legacy(IsolationOptions options, CgroupMembership own, string memory, out string? refusal)
    {
        string? host = Host(options, own.Mounts.Of(Memory)!, out refusal);
        if (refusal is not null)
            return null;

        if (host is not null && options.JoinHost && CgroupFolder.Write(host, "cgroup.procs", "0") is var error and not 0)
            return None($"this process cannot enter {host}: {Errno.Text(error)}; run as root", out refusal);

        string? unified = options.UseUnified && own.Unified is { } second && MayMake(second, options.ParentName) ? second : null;
        string? freezer = own.Of("freezer");
        if (unified is null && (freezer is null || !MayMake(freezer, options.ParentName)))
            return None($"neither the freezer of cgroup v1 nor cgroup v2 can be used to stop tasks; {Advice}", out refusal);

        return new CgroupPaths(
            host ?? memory,
            unified,
            unified is null ? freezer : null,
            unified is null ? own.Of("cpuacct") : null,
            Usable(own.Of("pids"), options.ParentName),
            Usable(own.Of("cpu"), options.ParentName));
    }

    private static CgroupPaths? Unified(IsolationOptions options, CgroupMembership own, string unified, out string? refusal)
    {
        string? host = Host(options, own.Mounts.Unified!, out refusal);
        if (refusal is not null)
            return null;

        string folder = host ?? unified;
        refusal = EnableControllers(folder);
        if ((refusal is not null && host is null) || (host is not null && options.JoinHost))
            refusal = StepAside(folder, options.ParentName);

        if (refusal is not null)
            return null;

        string offered = CgroupFolder.Read(folder, "cgroup.controllers") ?? "";
        return new CgroupPaths(folder, folder, null, null, Has(offered, "pids") ? folder : null, Has(offered, "cpu") ? folder : null);
    }

    // A version 2 group has processes or children with controllers, not both: we move into a child, where nobody limits us.
    private static string? StepAside(string folder, string name)
    {
        string aside = $"{folder}/{name}{IsolationOptions.AsideSuffix}";
        int error = CgroupFolder.Make(aside);
        if (error == 0)
            error = CgroupFolder.Write(aside, "cgroup.procs", "0");

        if (error != 0)
        {
            _ = CgroupFolder.Remove(aside);
            return $"{folder} is not delegated to this user: {Errno.Text(error)}; {Advice}";
        }

        if (EnableControllers(folder) is not { } refusal)
            return null;

        _ = CgroupFolder.Write(folder, "cgroup.procs", "0");
        _ = CgroupFolder.Remove(aside);
        return refusal;
    }

    private static string? Host(IsolationOptions options, string mount, out string? refusal)
    {
        refusal = null;
        if (options.HostCgroup is not { } wanted)
            return null;

        string folder = wanted.StartsWith(mount + "/", StringComparison.Ordinal) ? wanted.TrimEnd('/') : $"{mount}/{wanted.Trim('/')}";
        if (!Directory.Exists(folder))
            refusal = $"host.cgroup is '{wanted}', and there is no cgroup {folder}; make it and set its memory limit first";

        return folder;
    }

    private static string? Usable(string? folder, string name) => folder is not null && MayMake(folder, name) ? folder : null;

    private static bool MayMake(string folder, string name)
    {
        string trial = $"{folder}/{name}";
        if (CgroupFolder.Make(trial) != 0)
            return false;

        // Read-only file systems and foreign owners show here and not in access(2).
        return LibC.Access($"{trial}/cgroup.procs", LibC.MayWrite) == 0;
    }

    private static bool Has(string list, string controller) => list.Split(' ').Contains(controller, StringComparer.Ordinal);
}
