using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Isolation;

/// <summary>Cgroups that an earlier Plimsoll with the same journal left behind, wherever it had been started.</summary>
/// <remarks>Looks through all mounted hierarchies once: some milliseconds on a machine with hundreds of groups.</remarks>
internal sealed class CgroupLeftovers
{
    private const int DeepestLevel = 24;
    private readonly List<string> folders = [];
    private readonly List<string> parents = [];

    private CgroupLeftovers()
    {
    }

    /// <summary>The groups above the leaves, in every hierarchy.</summary>
    public IReadOnlyList<string> Parents => parents;

    public static CgroupLeftovers Find(string journalId)
    {
        CgroupLeftovers found = new();
        string name = new IsolationOptions(journalId).ParentName;
        CgroupMounts mounts = CgroupMounts.Read();
        foreach (string mount in mounts.FoldersOf(""))
            found.Add(mount, name, DeepestLevel);

        return found;
    }

    /// <summary>Lets what was frozen go on: it could neither hear a signal nor, under version 1, die.</summary>
    public void Thaw()
    {
        foreach (string folder in folders)
            CgroupTree.Thaw(folder);
    }

    /// <summary>Adds all processes in them, however they hid otherwise.</summary>
    public void AddMembers(ICollection<int> pids)
    {
        foreach (string folder in folders)
            CgroupTree.AddMembers(folder, pids);
    }

    /// <summary>Removes those that are empty.</summary>
    public void Remove()
    {
        foreach (string folder in folders)
            _ = CgroupTree.Remove(folder);
    }

    private void Add(string folder, string name, int levels)
    {
        foreach (string child in CgroupTree.Children(folder))
        {
            string last = Path.GetFileName(child);
            if (last == name)
                parents.Add(child);

            if (last == name || last == name + IsolationOptions.AsideSuffix)
                folders.Add(child);
            else if (levels > 0)
                Add(child, name, levels - 1);
        }
    }
}
