namespace Plimsoll.Calibration.Torture.Host;

/// <summary>The memory cgroup this process is in.</summary>
/// <param name="Folder">Its folder; limits and children are made there.</param>
/// <param name="Mount">The root of its hierarchy.</param>
/// <param name="IsUnified">Version 2, where a group has processes or children with limits, not both.</param>
internal sealed record HostHierarchy(string Folder, string Mount, bool IsUnified)
{
    /// <summary>Null when no memory controller is mounted.</summary>
    public static HostHierarchy? OfThisProcess()
    {
        string[] groups = File.ReadAllLines("/proc/self/cgroup");
        string[] mounts = File.ReadAllLines("/proc/self/mountinfo");
        return Find(groups, mounts, unified: false) ?? Find(groups, mounts, unified: true);
    }

    /// <summary>Reads lines of proc_pid_cgroup(5) and proc_pid_mountinfo(5).</summary>
    internal static HostHierarchy? Find(IReadOnlyList<string> groups, IReadOnlyList<string> mounts, bool unified)
    {
        string? path = groups
            .Select(line => line.Split(':', 3))
            .FirstOrDefault(parts => parts.Length == 3 && (unified ? parts[1].Length == 0 : Lists(parts[1], "memory")))?[2];
        string? mount = mounts
            .Select(line => line.Split(" - ", 2))
            .FirstOrDefault(halves => halves.Length == 2 && IsWanted(halves[1].Split(' '), unified))?[0].Split(' ')[4];
        if (path is null || mount is null)
            return null;

        string folder = Path.Join(mount, path).TrimEnd('/');
        // In a container the path may be the host's; then the mount itself is our group.
        return new(Directory.Exists(folder) ? folder : mount, mount, unified);
    }

    private static bool IsWanted(string[] source, bool unified) =>
        unified ? source[0] == "cgroup2" : source is ["cgroup", _, var options, ..] && Lists(options, "memory");

    private static bool Lists(string list, string word) => list.Split(',').Contains(word, StringComparer.Ordinal);
}
