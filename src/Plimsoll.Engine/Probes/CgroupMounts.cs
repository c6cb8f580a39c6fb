namespace Plimsoll.Engine.Probes;

/// <summary>Where the cgroup file systems are mounted; null = not there.</summary>
internal sealed record CgroupMounts(string? Unified, string? Memory)
{
    public static CgroupMounts Read() => Parse(File.Exists("/proc/self/mountinfo") ? File.ReadAllLines("/proc/self/mountinfo") : []);

    /// <summary>Reads lines of mountinfo; see proc_pid_mountinfo(5): fields, " - ", type, source, options.</summary>
    internal static CgroupMounts Parse(IEnumerable<string> lines)
    {
        string? unified = null;
        string? memory = null;
        foreach (string line in lines)
        {
            string[] halves = line.Split(" - ", 2);
            string[] left = halves[0].Split(' ');
            string[] right = halves.Length == 2 ? halves[1].Split(' ') : [];
            if (left.Length < 5 || right.Length < 3)
                continue;

            if (right[0] == "cgroup2")
                unified ??= left[4];
            else if (right[0] == "cgroup" && right[2].Split(',').Contains("memory", StringComparer.Ordinal))
                memory ??= left[4];
        }

        return new CgroupMounts(unified, memory);
    }
}
