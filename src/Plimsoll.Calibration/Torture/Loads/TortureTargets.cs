namespace Plimsoll.Calibration.Torture.Loads;

/// <summary>What Plimsoll must reach on a load, beside no kill, no standstill and all jobs done.</summary>
/// <param name="AgainOverBest">Largest makespan with known classes, as a multiple of the best static width.</param>
/// <param name="FirstOverBest">The same for classes it has never seen; null = not asked for.</param>
/// <param name="Learning">Largest makespan of the second run as a multiple of the first; null = not asked for.</param>
internal sealed record TortureTargets(double AgainOverBest, double? FirstOverBest, double? Learning)
{
    /// <summary>Largest share of work done again on any load.</summary>
    public const double RedoneShare = 0.05;

    public static TortureTargets Homogeneous { get; } = new(1.15, null, null);

    public static TortureTargets Mixed { get; } = new(1, null, 0.85);

    public static TortureTargets OneAgent { get; } = new(1.1, 1.5, null);

    public static TortureTargets ManyAgents { get; } = new(1, null, null);
}
