namespace Plimsoll.Engine.Isolation;

/// <summary>Where the cgroups of tasks are made.</summary>
/// <param name="JournalId">Part of the parent's name, by which leftovers are found again.</param>
public sealed record IsolationOptions(string JournalId)
{
    /// <summary>Memory cgroup that plays the host, as a folder or as a path below its hierarchy; null = the one this process is in.</summary>
    public string? HostCgroup { get; init; }

    /// <summary>Moves this process into <see cref="HostCgroup"/>, so that it is part of the host that is played.</summary>
    public bool JoinHost { get; init; }

    /// <summary>On a hybrid hierarchy, uses the version 2 side for freezing and killing; off for tests of plain version 1.</summary>
    internal bool UseUnified { get; init; } = true;

    /// <summary>Asks systemd for a scope of our own where a delegated subtree is missing.</summary>
    public bool UseSystemd { get; init; } = true;

    /// <summary>Ends the name of the group into which this process steps aside.</summary>
    internal const string AsideSuffix = ".self";

    internal string ParentName => $"plimsoll-{JournalId}";
}
