namespace Plimsoll.Daemon.Requests;

/// <summary>A torture run.</summary>
/// <param name="Scenario"><c>mixed</c>, <c>homogeneous</c>, <c>claude</c> or <c>agents</c>.</param>
/// <param name="HostBytes">Null = what the scenario is meant for.</param>
/// <param name="HostCgroup">A memory cgroup that plays the host; null = one is made.</param>
/// <param name="FirstSeed">The first of <paramref name="SeedCount"/> seeds in a row, from 1.</param>
/// <param name="Jobs">Null = as many as the scenario has.</param>
/// <param name="Contenders">Any of <c>plimsoll</c>, <c>control</c>, <c>static</c>, <c>rivals</c>; empty = all.</param>
/// <param name="Deadline">Longest time for one contender; null = by the size of the load.</param>
/// <param name="Folder">Where its files go; null = the folder for temporary files.</param>
/// <param name="AgentFolder">Where real agents are or will be installed; null = the user's cache folder.</param>
/// <param name="Keep">Leave the files for a look.</param>
public sealed record TortureRequest(
    string Scenario,
    long? HostBytes,
    string? HostCgroup,
    int FirstSeed,
    int SeedCount,
    int? Jobs,
    IReadOnlyList<string> Contenders,
    TimeSpan? Deadline,
    string? Folder,
    string? AgentFolder,
    bool Keep);
