namespace Plimsoll.Calibration.ProviderModel.Draws;

/// <summary>Random numbers that are the same for the same seed, on every machine and in every version of the framework.</summary>
/// <remarks>SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</remarks>
internal sealed class SeededDraws
{
    private const ulong Gamma = 0x9E3779B97F4A7C15;
    private ulong state;

    /// <param name="seed">Chosen by the user.</param>
    /// <param name="stream">What is drawn; two streams of one seed do not resemble each other.</param>
    /// <param name="number">Which request or arrival of that stream.</param>
    public SeededDraws(long seed, DrawStream stream, long number) =>
        state = Mix(Mix(Mix((ulong)seed + Gamma) + ((ulong)stream * Gamma)) + ((ulong)number * Gamma));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextShare() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Normal with mean 0 and deviation 1.</summary>
    /// <remarks>Box and Muller, "A note on the generation of random normal deviates", 1958; the second deviate is not used.</remarks>
    public double NextNormal() => Math.Sqrt(-2 * Math.Log(1 - NextShare())) * Math.Cos(2 * Math.PI * NextShare());

    private ulong Next()
    {
        state += Gamma;
        return Mix(state);
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
