using Plimsoll.Core.Units;

namespace Plimsoll.Core.Footprints;

/// <summary>What a class's profile keeps of one attempt.</summary>
/// <param name="Fence">Of the attempt, so that nothing is learned twice.</param>
/// <param name="FastestRise">Bytes per second.</param>
public readonly record struct FootprintSample(
    long Fence,
    Bytes Settled,
    Bytes Peak,
    double BurstShare,
    TimeSpan TimeToSettle,
    Bytes FastestRise,
    TimeSpan StartCpu,
    Bytes Mapped,
    ulong Executable,
    TimeSpan Duration)
{
    /// <summary>Of the task's input, see <see cref="Capacity.TaskShape.Size"/>; 0 = not told.</summary>
    public double Size { get; init; }

    public static FootprintSample Of(long fence, AttemptFootprint of, double size) => new(
        fence, of.Settled, of.Peak, of.BurstShare, of.TimeToSettle, of.FastestRise, of.StartCpu, of.Mapped, of.Executable, of.Duration)
    {
        Size = size,
    };
}
