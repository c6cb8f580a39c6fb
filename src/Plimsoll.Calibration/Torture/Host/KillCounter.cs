namespace Plimsoll.Calibration.Torture.Host;

/// <summary>Counts what the kernel's out-of-memory killer has ended in a host: inside and outside the groups Plimsoll makes for tasks.</summary>
/// <remarks>
/// Version 1 counts in the group of the victim only, and <c>memory.events.local</c> of version 2 does the same; so each group is asked for
/// itself. A leaf that came and went between two looks is missed; nothing outside leaves goes away.
/// </remarks>
internal sealed class KillCounter
{
    private readonly string folder;
    private readonly string file;
    private readonly Dictionary<string, (long First, long Last)> seen = new(StringComparer.Ordinal);

    public KillCounter(HostGroup host)
    {
        folder = host.Folder;
        file = host.IsUnified ? "memory.events.local" : "memory.oom_control";
        Look();
        foreach ((string group, (long _, long last)) in seen.ToArray())
            seen[group] = (last, last);
    }

    /// <summary>Kills outside the task groups: of the host's own processes.</summary>
    public long OfHost => seen.Where(pair => !IsTaskGroup(pair.Key)).Sum(pair => pair.Value.Last - pair.Value.First);

    /// <summary>Kills in task groups, by a limit of their own or their parent's.</summary>
    public long OfTasks => seen.Where(pair => IsTaskGroup(pair.Key)).Sum(pair => pair.Value.Last - pair.Value.First);

    public void Look() => Look(folder);

    /// <summary>Whether a path below the host is Plimsoll's parent of all tasks or lies in it.</summary>
    internal static bool IsTaskGroup(string path) =>
        path.Split('/').Any(part => part.StartsWith("plimsoll-", StringComparison.Ordinal) && !part.EndsWith(".self", StringComparison.Ordinal));

    private void Look(string group)
    {
        try
        {
            string? line = File.ReadLines($"{group}/{file}").FirstOrDefault(text => text.StartsWith("oom_kill ", StringComparison.Ordinal));
            if (line is not null && long.TryParse(line.AsSpan("oom_kill ".Length), out long kills))
                seen[group[folder.Length..]] = (seen.GetValueOrDefault(group[folder.Length..]).First, kills);

            foreach (string child in Directory.GetDirectories(group))
                Look(child);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // The group went away while it was looked at.
        }
    }
}
