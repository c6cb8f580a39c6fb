namespace Plimsoll.Calibration.ProviderModel.Draws;

/// <summary>A log-normal distribution cut at both ends.</summary>
/// <param name="Median">Above 0, between <paramref name="Smallest"/> and <paramref name="Largest"/>; its unit is that of the property that holds it.</param>
/// <param name="Sigma">Deviation of the logarithm, 0 to 3; 0 = always the median.</param>
/// <param name="Smallest">At least 0; draws below become this.</param>
/// <param name="Largest">Draws above become this.</param>
public sealed record Spread(double Median, double Sigma, double Smallest, double Largest)
{
    public static Spread Always(double value) => new(value, 0, value, value);

    internal double Draw(SeededDraws draws) => Math.Clamp(Median * Math.Exp(Sigma * draws.NextNormal()), Smallest, Largest);

    /// <summary>What is wrong with the numbers; empty = nothing.</summary>
    public IEnumerable<string> Problems(string name)
    {
        if (!(Smallest >= 0 && Median > 0 && Median >= Smallest && Largest >= Median && double.IsFinite(Largest)))
            yield return $"{name}: smallest {Smallest}, median {Median}, largest {Largest}; they must be finite, ascend, and the median be above 0";
        if (Sigma is not (>= 0 and <= 3))
            yield return $"{name}: sigma {Sigma}; it must be from 0 to 3";
    }
}
