using Plimsoll.Calibration.Torture.Contenders;

namespace Plimsoll.Calibration.Torture.Reporting;

/// <summary>All contenders on one load.</summary>
/// <param name="BoundSeconds">The packing bound; null for real programs.</param>
public sealed record SeedReport(int Seed, string Load, double? BoundSeconds, IReadOnlyList<ContenderResult> Results, IReadOnlyList<TortureCheck> Checks)
{
    /// <summary>The clean static width with the shortest makespan.</summary>
    public ContenderResult? BestStatic => Best(Results);

    // A width is measured twice when it is to be the best; one failure is enough not to be.
    internal static ContenderResult? Best(IEnumerable<ContenderResult> results) => results
        .Where(result => result.Kind == ContenderKind.StaticWidth)
        .GroupBy(result => result.Width)
        .Where(width => width.All(result => result.IsClean))
        .Select(width => width.First() with { MakespanSeconds = width.Average(result => result.MakespanSeconds) })
        .MinBy(result => result.MakespanSeconds);
}
