using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Plimsoll.Engine.Processes.Native;

namespace Plimsoll.Engine.Isolation;

/// <summary>Has systemd move this process into a scope of its own, whose subtree is delegated to us.</summary>
/// <remarks>
/// The way rootless podman does it: StartTransientUnit with our number and Delegate, of the user's manager or, as root, of the system's.
/// See systemd.resource-control(5), Delegate=, and CGROUP_DELEGATION.md. The scope goes when its last process ends.
/// </remarks>
internal static class SystemdScope
{
    private const string SystemFolder = "/run/systemd/system"; // sd_booted(3)
    private const string RuntimeVariable = "XDG_RUNTIME_DIR";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>False where there is no systemd, or it refused.</summary>
    public static bool Enter(string name)
    {
        bool root = System.Environment.IsPrivilegedProcess;
        if (!Directory.Exists(SystemFolder) || (!root && RuntimeFolder() is null))
            return false;

        string before = Membership();
        if (!Ask(Arguments(name, root, System.Environment.ProcessId)))
            return false;

        // The answer names a job; the move is its effect.
        return SpinWait.SpinUntil(() => Membership() != before, Patience);
    }

    /// <summary>What this user would have to do to get a scope; null where nothing is missing, or there is no systemd.</summary>
    public static string? Missing() =>
        !Directory.Exists(SystemFolder) || System.Environment.IsPrivilegedProcess || RuntimeFolder() is not null
            ? null
            : $"{System.Environment.UserName} has no manager of systemd to give out cgroups: loginctl enable-linger {System.Environment.UserName} (perhaps as root)";

    // Programs that cron or su started have no variable, but the user may have a manager all the same.
    private static string? RuntimeFolder()
    {
        string folder = System.Environment.GetEnvironmentVariable(RuntimeVariable) is { Length: > 0 } own ? own : $"/run/user/{LibC.EffectiveUser()}";
        return File.Exists($"{folder}/bus") ? folder : null;
    }

    internal static IReadOnlyList<string> Arguments(string name, bool root, int pid)
    {
        string number = pid.ToString(CultureInfo.InvariantCulture);
        return
        [
            root ? "--system" : "--user", "--quiet", "call",
            "org.freedesktop.systemd1", "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartTransientUnit",
            "ssa(sv)a(sa(sv))", $"{name}-{number}.scope", "fail",
            "4", "Description", "s", "tasks of plimsoll", "PIDs", "au", "1", number, "Delegate", "b", "true", "CollectMode", "s", "inactive-or-failed",
            "0",
        ];
    }

    private static string Membership() => File.Exists("/proc/self/cgroup") ? File.ReadAllText("/proc/self/cgroup") : "";

    private static bool Ask(IReadOnlyList<string> arguments)
    {
        try
        {
            ProcessStartInfo start = new("busctl", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
            if (RuntimeFolder() is { } folder)
                start.Environment[RuntimeVariable] = folder;

            using Process? process = Process.Start(start);
            if (process is null || !process.WaitForExit(Patience))
                return false;

            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            // busctl is not installed.
            return false;
        }
    }
}
