using Plimsoll.Core.Identity;
using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Finds the leaves that attempts of an earlier Plimsoll have, wherever that had been started.</summary>
internal sealed class LeafSearch
{
    private readonly CgroupMounts mounts = CgroupMounts.Read();
    private readonly Dictionary<string, List<string>> leaves = new(StringComparer.Ordinal); // attempt -> its folder in each hierarchy
    private readonly HashSet<string> ownParents;

    /// <param name="parent">Whose leaves are made from now on; null = none are.</param>
    public LeafSearch(string journalId, TaskParent? parent)
    {
        ownParents = [.. parent?.Paths.Folders() ?? []];
        foreach (string leaf in CgroupLeftovers.Find(journalId).Parents.SelectMany(CgroupTree.Children))
        {
            string name = Path.GetFileName(leaf);
            if (!leaves.TryGetValue(name, out List<string>? folders))
                leaves.Add(name, folders = []);

            folders.Add(leaf);
        }
    }

    /// <summary>The leaf of an attempt with the limits the kernel repeats; null when it has none.</summary>
    /// <param name="limits">Asked for; a container's are its engine's to keep.</param>
    public TaskLeaf? Take(AttemptId attempt, TaskLimits limits, bool isContainer)
    {
        if (!leaves.TryGetValue(attempt.ToString(), out List<string>? folders) || PathsOf(folders, isContainer) is not { } paths)
            return null;

        leaves.Remove(attempt.ToString());
        bool isForeign = !ownParents.Contains(Path.GetDirectoryName(paths.Memory)!);
        if (isForeign)
            Unlimit(paths);

        return TaskLeaf.Adopt(paths, folders, isContainer ? limits : LimitReader.Read(paths, limits.Swap), isForeign);
    }

    /// <summary>Removes the empty ones of those that nobody took.</summary>
    public void RemoveOthers()
    {
        foreach (string folder in leaves.Values.SelectMany(static folders => folders))
            _ = CgroupTree.Remove(folder);
    }

    // Nobody moves the limit of all tasks together there any more.
    private static void Unlimit(CgroupPaths leaf)
    {
        string parent = Path.GetDirectoryName(leaf.Memory)!;
        _ = CgroupFolder.Write(parent, leaf.IsUnified ? "memory.max" : "memory.limit_in_bytes", leaf.IsUnified ? "max" : "-1");
    }

    private CgroupPaths? PathsOf(List<string> folders, bool isContainer)
    {
        string? unified = In(folders, mounts.Unified);
        string? memory = mounts.Of("memory") is { } legacy ? In(folders, legacy) : unified;
        if (memory is null)
            return null;

        if (memory == unified)
            return new CgroupPaths(memory, unified, null, null, Offering(unified, "pids.max"), Offering(unified, "cpu.max"));

        return new CgroupPaths(
            memory,
            unified,
            unified is null ? In(folders, mounts.Of("freezer")) : null,
            unified is null ? In(folders, mounts.Of("cpuacct")) : null,
            isContainer ? null : In(folders, mounts.Of("pids")),
            isContainer ? null : In(folders, mounts.Of("cpu")));
    }

    private static string? In(List<string> folders, string? mount) =>
        mount is null ? null : folders.Find(folder => folder.StartsWith(mount + "/", StringComparison.Ordinal));

    private static string? Offering(string folder, string file) => File.Exists($"{folder}/{file}") ? folder : null;
}
