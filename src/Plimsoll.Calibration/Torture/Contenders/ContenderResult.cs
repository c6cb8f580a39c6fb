namespace Plimsoll.Calibration.Torture.Contenders;

/// <summary>What a contender came to.</summary>
/// <param name="Jobs">How many there were.</param>
/// <param name="Succeeded">How many of them ended with exit code 0.</param>
/// <param name="HostKills">Processes outside task groups ended by the kernel's out-of-memory killer.</param>
/// <param name="TaskKills">Processes inside task groups ended by it.</param>
/// <param name="StalledShare">Share of the time in which everything waited for memory.</param>
/// <param name="FrozenSeconds">Summed over all jobs.</param>
/// <param name="Lost">Attempts that ended without success.</param>
/// <param name="RedoneShare">Work of those attempts as a share of the work of the others.</param>
/// <param name="Stopped">Why it was ended before it was done; null = it was not.</param>
public sealed record ContenderResult(
    string Name,
    ContenderKind Kind,
    int? Width,
    int Jobs,
    int Succeeded,
    double MakespanSeconds,
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
    string? Stopped)
{
    /// <summary>Every job succeeded and the host stayed well.</summary>
    public bool IsClean => Succeeded == Jobs && HostKills == 0 && LongestLivelockSeconds <= 1;
}
