namespace Plimsoll.Engine.Probes;

/// <summary>The cgroup folders a process is in, as <c>/proc/PID/cgroup</c> and the mounts tell; see cgroups(7).</summary>
internal sealed class CgroupMembership
{
    private readonly Dictionary<string, string> folders = new(StringComparer.Ordinal);

    private CgroupMembership(CgroupMounts mounts)
    {
        Mounts = mounts;
    }

    public CgroupMounts Mounts { get; }

    /// <summary>Folder in the version 2 hierarchy; null when it is not mounted.</summary>
    public string? Unified { get; private set; }

    public static CgroupMembership OfThisProcess() =>
        Of(File.Exists("/proc/self/cgroup") ? File.ReadAllLines("/proc/self/cgroup") : [], CgroupMounts.Read());

    /// <summary>Folder in the hierarchy of a version 1 controller; null when it has none.</summary>
    public string? Of(string controller) => folders.GetValueOrDefault(controller);

    internal static CgroupMembership Of(IEnumerable<string> memberships, CgroupMounts mounts)
    {
        CgroupMembership found = new(mounts);
        foreach (string line in memberships)
        {
            // hierarchy:controllers:path; version 2 has hierarchy 0 and no controllers.
            string[] parts = line.Split(':', 3);
            if (parts.Length < 3)
                continue;

            if (parts[0] == "0" && parts[1].Length == 0)
            {
                found.Unified = mounts.Unified is { } mount ? Folder(mount, parts[2]) : null;
                continue;
            }

            foreach (string controller in parts[1].Split(','))
            {
                if (mounts.Of(controller) is { } mount)
                    found.folders[controller] = Folder(mount, parts[2]);
            }
        }

        return found;
    }

    // In a container the path may be the host's; then the mount itself is our group.
    private static string Folder(string mount, string path)
    {
        string folder = Path.Join(mount, path).TrimEnd('/');
        return Directory.Exists(folder) ? folder : mount;
    }
}
