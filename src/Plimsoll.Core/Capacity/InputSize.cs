namespace Plimsoll.Core.Capacity;

/// <summary>How large a task says its input is, in whatever unit its class counts; memory of a class may follow it.</summary>
public static class InputSize
{
    private const int StepsPerOctave = 8;

    /// <summary>The largest size that can be told.</summary>
    public const double Largest = 1L << 60;

    /// <summary>Rounded up to the next eighth of an octave (9 %), so that tasks of about the same size wait in one queue; 0 stays 0: not told.</summary>
    public static double Rounded(double size) =>
        size > 0 ? Math.Pow(2, Math.Ceiling((Math.Log2(Math.Min(size, Largest)) * StepsPerOctave) - 1e-9) / StepsPerOctave) : 0;
}
