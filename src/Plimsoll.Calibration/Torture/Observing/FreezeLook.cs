namespace Plimsoll.Calibration.Torture.Observing;

/// <summary>Says of a process whether it lives and whether somebody has stopped it: by a signal or by the freezer of either cgroup version.</summary>
internal sealed class FreezeLook
{
    private readonly Dictionary<int, string[]> groups = [];

    /// <returns>Null when there is no such process.</returns>
    public bool? IsFrozen(int pid)
    {
        string? stat = Text($"/proc/{pid}/stat");
        int end = stat?.LastIndexOf(')') ?? -1;
        if (stat is null || end < 0 || end + 2 >= stat.Length || stat[end + 2] is 'Z' or 'X')
        {
            groups.Remove(pid);
            return null;
        }

        if (stat[end + 2] is 'T' or 't')
            return true;

        // A task enters its groups before it writes its first line, so they do not change any more.
        if (!groups.TryGetValue(pid, out string[]? files))
            groups[pid] = files = Files(pid);
        return files.Any(file => Text(file) is { } state && (state.Contains("FROZEN", StringComparison.Ordinal) || state.Contains("frozen 1", StringComparison.Ordinal)));
    }

    private static string[] Files(int pid) =>
        [.. (Text($"/proc/{pid}/cgroup") ?? "").Split('\n')
            .Select(line => line.Split(':', 3))
            .Where(parts => parts.Length == 3 && parts[2].Contains("plimsoll-", StringComparison.Ordinal))
            .SelectMany(parts => parts[1] switch
            {
                "freezer" => new[] { $"/sys/fs/cgroup/freezer{parts[2]}/freezer.state" },
                "" => [$"/sys/fs/cgroup/unified{parts[2]}/cgroup.events", $"/sys/fs/cgroup{parts[2]}/cgroup.events"],
                _ => [],
            })
            .Where(File.Exists)];

    private static string? Text(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
