using Plimsoll.Calibration.Torture.Contenders;
using Plimsoll.Core.Units;

namespace Plimsoll.Calibration.Torture;

/// <summary>What a torture run does.</summary>
/// <param name="Program">The plimsoll executable: contender and synthetic job.</param>
/// <param name="Folder">Where scripts, outputs and states go; it must exist and lie on a disk, not in memory.</param>
/// <param name="HostBytes">Memory of the host that is played.</param>
/// <param name="HostCgroup">A memory cgroup with a limit that plays the host instead; null = one is made.</param>
/// <param name="Seeds">Each gives another load.</param>
/// <param name="Jobs">How many jobs a synthetic load has.</param>
/// <param name="Kinds">Contenders left out are not compared with.</param>
/// <param name="Deadline">Longest time for one contender; null = by the size of the load.</param>
/// <param name="Keep">Leave <paramref name="Folder"/> for a look; otherwise it is removed, even if this process is killed.</param>
/// <param name="AgentFolder">Where real agents are, or are installed with npm.</param>
public sealed record TortureOptions(
    string Program,
    string Folder,
    TortureScenario Scenario,
    Bytes HostBytes,
    string? HostCgroup,
    IReadOnlyList<int> Seeds,
    int Jobs,
    IReadOnlySet<ContenderKind> Kinds,
    TimeSpan? Deadline,
    bool Keep,
    string AgentFolder);
