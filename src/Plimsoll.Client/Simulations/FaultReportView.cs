namespace Plimsoll.Client.Simulations;

/// <summary>What came out of <c>plimsoll simulate --faults</c>.</summary>
/// <param name="Faults">Injected over all seeds, by kind.</param>
/// <param name="Broken">Seeds with an invariant that did not hold.</param>
public sealed record FaultReportView(int FirstSeed, int Seeds, long Turns, IReadOnlyDictionary<string, long> Faults, IReadOnlyList<BrokenSeedView> Broken, double WallSeconds);
