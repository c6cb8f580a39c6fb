using System.Collections.Immutable;

namespace Plimsoll.Core.Footprints;

/// <summary>What all classes of a host have in common: how large bursts are beside settled levels, and how far small samples mislead.</summary>
internal sealed class HostProfile
{
    /// <summary>A margin of 15 % per attempt seen too few; then it follows how often predictions are exceeded.</summary>
    public const double FirstMargin = 0.15;

    private const int Kept = 64;
    private const int EnoughToPool = 20;
    private const double PriorRatio = 2;
    private const double PriorShare = 0.5;
    private const double SettledQuantile = 0.9;
    private const double Target = 0.05;
    private const double Step = 0.5;
    private const double LeastMargin = 0.02;
    private const double MostMargin = 1;

    private readonly Queue<(double Ratio, double Share)> seen = new();
    private (double Ratio, double Share)? pooled;

    /// <summary>See <see cref="ClassProfile"/>.</summary>
    public double Margin { get; set; } = FirstMargin;

    /// <summary>Bursts as a multiple of the settled level, and their share of life: 2 and 0.2 until 20 attempts were seen.</summary>
    public (double Ratio, double Share) Bursts => pooled ??= Pool();

    public void Learn(in FootprintSample sample)
    {
        if (sample.Settled.Value <= 0)
        {
            return;
        }

        seen.Enqueue(((sample.Peak.Value / (double)sample.Settled.Value) - 1, sample.BurstShare));
        if (seen.Count > Kept)
        {
            seen.Dequeue();
        }

        pooled = null;
    }

    public void Learn(ImmutableArray<FootprintSample> samples)
    {
        foreach (FootprintSample sample in samples)
        {
            Learn(sample);
        }
    }

    private (double Ratio, double Share) Pool()
    {
        if (seen.Count < EnoughToPool)
        {
            return (PriorRatio, PriorShare);
        }

        double[] ratios = [.. seen.Select(static pair => pair.Ratio).Order()];
        return (ratios[(int)Math.Ceiling(ratios.Length * SettledQuantile) - 1], seen.Average(static pair => pair.Share));
    }

    /// <summary>Follows how often predictions are exceeded: multiplicative steps that balance at 5 %.</summary>
    /// <remarks>The online rule of adaptive conformal inference (I. Gibbs, E. Candes, NeurIPS 2021) on the margin instead of the level.</remarks>
    public void Calibrate(bool exceeded) =>
        Margin = Math.Clamp(Margin * Math.Exp(Step * ((exceeded ? 1 : 0) - Target)), LeastMargin, MostMargin);
}
