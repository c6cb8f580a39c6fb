using System.Collections.Immutable;

namespace Plimsoll.Core.Footprints;

/// <summary>Everything that was learned about a class, as the journal keeps it.</summary>
/// <param name="Samples">At most 64 attempts: the last 32, oldest first, and before them 32 drawn from all earlier ones.</param>
/// <param name="Measured">Attempts measured in all.</param>
/// <param name="Predicted">Attempts whose peak had been predicted.</param>
/// <param name="Exceeded">How many of them exceeded their prediction.</param>
/// <param name="Margin">Factor on predictions that follows how often they are exceeded.</param>
public sealed record ProfileSnapshot(ImmutableArray<FootprintSample> Samples, long Measured, long Predicted, long Exceeded, double Margin)
{
    public static ProfileSnapshot Empty { get; } = new([], 0, 0, 0, 1);
}
