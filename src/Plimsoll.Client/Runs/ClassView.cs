namespace Plimsoll.Client.Runs;

/// <summary>What was learned of a class of tasks.</summary>
/// <param name="Samples">Attempts the profile rests on, at most 64.</param>
/// <param name="Measured">Attempts measured in all.</param>
/// <param name="SettledBytes">What nine in ten attempts do not exceed while they are just working.</param>
/// <param name="BurstBytes">What they may hold above that: with it, the peak that 95 % are expected not to exceed.</param>
/// <param name="BurstShare">Share of its life (0..1) that an attempt spends in bursts.</param>
/// <param name="MappedBytes">Pages of executables and libraries, needed once per machine.</param>
/// <param name="SecondsToSettle">Nine in ten have settled by then.</param>
/// <param name="RiseBytesPerSecond">Nine in ten never grew faster.</param>
/// <param name="StartCpuSeconds">Processor time until it has settled, median.</param>
/// <param name="MedianSeconds">Duration of an attempt, median.</param>
/// <param name="LongSeconds">Duration that nine in ten do not exceed.</param>
/// <param name="Predicted">Attempts whose peak had been predicted.</param>
/// <param name="Exceeded">How many of them exceeded the prediction; about one in twenty is meant.</param>
public sealed record ClassView(
    string Class,
    DateTimeOffset LearnedAt,
    int Samples,
    long Measured,
    long SettledBytes,
    long BurstBytes,
    double BurstShare,
    long MappedBytes,
    double SecondsToSettle,
    long RiseBytesPerSecond,
    double StartCpuSeconds,
    double MedianSeconds,
    double LongSeconds,
    long Predicted,
    long Exceeded)
{
    /// <summary>True when memory follows the size of the input (<c>size:</c>): the levels are then those of a task that tells none.</summary>
    public bool FollowsSize { get; init; }
}
