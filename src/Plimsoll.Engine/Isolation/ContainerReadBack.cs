using System.Globalization;
using Plimsoll.Engine.Probes;
using Plimsoll.Engine.Processes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Reads back where an engine has put the container of an attempt, and which limits the kernel repeats for it.</summary>
/// <remarks>
/// Its processes are those with the attempt's tag in another pid namespace: that holds for every engine, also for one that is asked over a socket.
/// Belongs to the waiter's thread.
/// </remarks>
internal sealed class ContainerReadBack(LiveAttempt attempt)
{
    private const int Levels = 2; // crun may put the command one group below the one it limits
    private readonly List<int> candidates = [];

    /// <summary>Where it is and what holds there; null while no process of the container is found.</summary>
    public ContainerState? Look()
    {
        foreach (int pid in Members())
        {
            if (Read(pid) is { } found)
                return found with { InLeaf = attempt.Leaf is { } leaf && IsBelow(found.Folder, leaf.Paths.Memory) };
        }

        return null;
    }

    /// <summary>The processes of the container: those in the leaf, or wherever they are when there is none in it.</summary>
    public IEnumerable<int> Members()
    {
        string? own = NamespaceOf("self");
        candidates.Clear();
        attempt.Leaf?.AddMembers(candidates);
        bool any = false;
        foreach (int pid in candidates)
        {
            if (!IsInside(pid, own))
                continue;

            any = true;
            yield return pid;
        }

        if (any)
            yield break;

        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int pid) && IsInside(pid, own))
                yield return pid;
        }
    }

    /// <summary>SIGKILL to all of them; one that an engine of another user runs is for that engine to end.</summary>
    public void Kill()
    {
        foreach (int pid in Members())
        {
            if (ProcStat.TryRead(pid, out ProcStat stat))
                ProcessSignal.Send(pid, stat.StartTicks, ProcessSignal.Kill);
        }
    }

    // What an engine runs before the command has not got the tag yet, and its limits may not be set.
    private bool IsInside(int pid, string? own) =>
        NamespaceOf(pid.ToString(CultureInfo.InvariantCulture)) is { } other && other != own && AttemptTag.Read(pid) == attempt.Tag;

    private ContainerState? Read(int pid)
    {
        if (!SmallFile.TryRead($"/proc/{pid}/cgroup", 65536, out string text))
            return null;

        CgroupMembership place = CgroupMembership.Of(text.Split('\n'), CgroupMounts.Read());
        string? memory = place.Of("memory") ?? place.Unified;
        if (memory is null)
            return null;

        string leaf = attempt.Id.ToString();
        return new ContainerState(
            memory,
            false,
            Least(memory, leaf, static folder => CgroupFolder.ReadNumber(folder, "memory.max") ?? CgroupFolder.ReadNumber(folder, "memory.limit_in_bytes")),
            Least(place.Of("cpu") ?? place.Unified, leaf, LimitReader.Cores),
            Least(place.Of("pids") ?? place.Unified, leaf, static folder => CgroupFolder.ReadNumber(folder, "pids.max")));
    }

    // Up to the leaf: what lies above it is for all tasks together.
    private static T? Least<T>(string? folder, string leaf, Func<string, T?> read)
        where T : struct, IComparable<T>
    {
        T? least = null;
        for (int level = 0; level < Levels && folder is { Length: > 1 }; level++, folder = Path.GetDirectoryName(folder))
        {
            if (read(folder) is { } value && (least is null || value.CompareTo(least.Value) < 0))
                least = value;

            if (Path.GetFileName(folder) == leaf)
                break;
        }

        return least;
    }

    private static bool IsBelow(string folder, string leaf) => folder == leaf || folder.StartsWith(leaf + "/", StringComparison.Ordinal);

    private static string? NamespaceOf(string process)
    {
        try
        {
            return new FileInfo($"/proc/{process}/ns/pid").LinkTarget;
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
