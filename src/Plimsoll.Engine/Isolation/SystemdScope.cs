using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Plimsoll.Engine.Isolation;

/// <summary>Has systemd move this process into a scope of its own, whose subtree is delegated to us.</summary>
/// <remarks>
/// The way rootless podman does it: StartTransientUnit with our number and Delegate, of the user's manager or, as root, of the system's.
/// See systemd.resource-control(5), Delegate=, and CGROUP_DELEGATION.md. The scope goes when its last process ends.
/// </remarks>
internal static class SystemdScope
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>False where there is no systemd, or it refused.</summary>
    public static bool Enter(string name)
    {
        bool root = System.Environment.IsPrivilegedProcess;
        if (!Directory.Exists("/run/systemd/system") || (!root && System.Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is null))
            return false;

        string before = Membership();
        if (!Ask(Arguments(name, root, System.Environment.ProcessId)))
            return false;

        // The answer names a job; the move is its effect.
        return SpinWait.SpinUntil(() => Membership() != before, Patience);
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
