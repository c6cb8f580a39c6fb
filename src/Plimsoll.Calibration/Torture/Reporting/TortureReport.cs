namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>A whole torture run.</summary>
/// <param name="HostBytes">Memory of the host that was played.</param>
public sealed record TortureReport(TortureScenario Scenario, long HostBytes, int Cores, IReadOnlyList<SeedReport> Seeds)
{
    /// <summary>Every target that could be compared was reached.</summary>
    public bool IsMet => Seeds.All(seed => seed.Checks.All(check => check.Met != false));
}
