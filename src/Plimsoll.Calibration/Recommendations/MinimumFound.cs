namespace Plimsoll.Calibration.Recommendations;

/// <summary>The smallest memory limit under which a job did its work.</summary>
/// <param name="BelowBytes">The largest that failed, or was assumed to.</param>
/// <param name="Held">How often it was tried at this limit and did its work, without one failure.</param>
/// <param name="Runs">All tries together.</param>
public sealed record MinimumFound(long Bytes, long BelowBytes, int Held, int Runs)
{
    private const double Confidence = 0.95;

    /// <summary>With 95 % confidence a run at this limit succeeds at least so often (0..1).</summary>
    /// <remarks>Clopper and Pearson, 1934, for no failure in <see cref="Held"/> runs.</remarks>
    public double LeastReliability => Math.Pow(1 - Confidence, 1.0 / Math.Max(1, Held));
}
