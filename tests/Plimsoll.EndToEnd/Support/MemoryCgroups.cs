using Plimsoll.Tests.Support;

namespace Plimsoll.EndToEnd.Support;

/// <summary>The memory cgroup of this process, below which torture plays a host.</summary>
internal static class MemoryCgroups
{
    /// <summary>Folder of the version 1 hierarchy; otherwise of version 2.</summary>
    public static string Own { get; } = Find();

    /// <summary>Requires that groups can be made there.</summary>
    public static void Require()
    {
        bool writable = false;
        try
        {
            string trial = Path.Combine(Own, $"plimsoll-trial-{Environment.ProcessId}");
            Directory.CreateDirectory(trial);
            Directory.Delete(trial);
            writable = true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // Said below.
        }

        Component.RequireThat(writable, "a memory cgroup that this user may write to");
    }

    private static string Find()
    {
        string[] lines = File.ReadAllLines("/proc/self/cgroup");
        string? first = lines.FirstOrDefault(line => line.Split(':')[1].Split(',').Contains("memory"));
        return first is not null ? $"/sys/fs/cgroup/memory{first.Split(':', 3)[2]}" : $"/sys/fs/cgroup{lines[0].Split(':', 3)[2]}";
    }
}
