using Plimsoll.Calibration.Torture.Contenders;

namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>All contenders on one load.</summary>
/// <param name="BoundSeconds">The packing bound; null for real programs.</param>
public sealed record SeedReport(int Seed, string Load, double? BoundSeconds, IReadOnlyList<ContenderResult> Results, IReadOnlyList<TortureCheck> Checks)
{
    /// <summary>The clean static width with the shortest makespan.</summary>
    public ContenderResult? BestStatic => Best(Results);

    internal static ContenderResult? Best(IEnumerable<ContenderResult> results) =>
        results.Where(result => result is { Kind: ContenderKind.StaticWidth, IsClean: true }).MinBy(result => result.MakespanSeconds);
}
