namespace Plimsoll.Calibration.Stress;

/// <summary>What an earlier, interrupted measurement of the same matrix has.</summary>
/// <param name="Done">Names of cells; they are passed over.</param>
/// <param name="AloneSeconds">Wall time of the job alone; null = measured first.</param>
public sealed record StressProgress(IReadOnlySet<string> Done, double? AloneSeconds)
{
    /// <summary>Of these, the ones in which the machine got into trouble: their rows are over.</summary>
    public IReadOnlySet<string> Troubled { get; init; } = new HashSet<string>();
}
