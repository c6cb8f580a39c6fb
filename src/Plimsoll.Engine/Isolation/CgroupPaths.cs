using Plimsoll.Engine.Probes;

namespace Plimsoll.Engine.Isolation;

/// <summary>The folders of one group, a role each; under version 2 they are all the same.</summary>
/// <param name="Memory">Where memory is limited and counted.</param>
/// <param name="Unified">Folder in the version 2 hierarchy, which freezes, kills and counts cpu time and stalls even without controllers.</param>
/// <param name="Freezer">Version 1, only without <paramref name="Unified"/>.</param>
/// <param name="Accounting">cpuacct of version 1, only without <paramref name="Unified"/>.</param>
/// <param name="Pids">Null when processes cannot be limited.</param>
/// <param name="Cpu">Null when processor time cannot be limited.</param>
internal sealed record CgroupPaths(string Memory, string? Unified, string? Freezer, string? Accounting, string? Pids, string? Cpu)
{
    /// <summary>Memory is limited by version 2.</summary>
    public bool IsUnified => Memory == Unified;

    /// <summary>The group of this name below.</summary>
    public CgroupPaths Child(string name) => new(
        $"{Memory}/{name}", Below(Unified, name), Below(Freezer, name), Below(Accounting, name), Below(Pids, name), Below(Cpu, name));

    /// <summary>The same group at the same place below every mount, which is how container engines name a parent.</summary>
    public CgroupPaths Aligned(string place, CgroupMounts mounts) => IsUnified ? this : this with
    {
        Unified = Unified is null ? null : mounts.Unified + place,
        Freezer = Freezer is null ? null : mounts.Of("freezer") + place,
        Accounting = Accounting is null ? null : mounts.Of("cpuacct") + place,
        Pids = null,
        Cpu = null,
    };

    /// <summary>Each folder once.</summary>
    public IEnumerable<string> Folders() =>
        new[] { Memory, Unified, Freezer, Accounting, Pids, Cpu }.OfType<string>().Distinct(StringComparer.Ordinal);

    /// <summary>What an attempt with these limits needs: a hierarchy more is a move more at each start.</summary>
    public CgroupPaths For(TaskLimits limits) => IsUnified
        ? this
        : this with { Pids = limits.Processes is null ? null : Pids, Cpu = limits.Cores is null ? null : Cpu };

    private static string? Below(string? folder, string name) => folder is null ? null : $"{folder}/{name}";
}
