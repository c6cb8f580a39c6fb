namespace Plimsoll.Client.Benchmarks;

/// <summary>What one contender came to.</summary>
/// <param name="Kind"><c>control</c>, <c>static_width</c>, <c>rival</c>, <c>plimsoll_first</c> or <c>plimsoll_again</c>.</param>
/// <param name="Clean">All jobs succeeded, no host kill, no livelock over a second.</param>
/// <param name="OverBound">Makespan as a multiple of the packing bound.</param>
/// <param name="OverBestStatic">Makespan as a multiple of the best static width.</param>
/// <param name="HostKills">Processes outside task groups that the kernel's out-of-memory killer ended.</param>
/// <param name="TaskKills">Processes inside task groups that it ended.</param>
/// <param name="StalledShare">Share of the time in which everything waited for memory, 0 to 1.</param>
/// <param name="Lost">Attempts that ended without success.</param>
/// <param name="RedoneShare">Work of those attempts as a share of the work of the others.</param>
/// <param name="Stopped"><c>deadline</c>, <c>killed</c> or <c>livelock</c> when it was ended early.</param>
public sealed record TortureContenderView(
    string Name,
    string Kind,
    int? Width,
    bool Clean,
    int Jobs,
    int Succeeded,
    double MakespanSeconds,
    double? OverBound,
    double? OverBestStatic,
    long HostKills,
    long TaskKills,
    int LivelockSeconds,
    int LongestLivelockSeconds,
    double StalledShare,
    double FrozenSeconds,
    int Lost,
    double RedoneShare,
    int PeakWidth,
    double MeanWidth,
    string? Stopped);
