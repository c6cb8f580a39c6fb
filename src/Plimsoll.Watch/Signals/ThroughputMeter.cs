using Plimsoll.Watch.Samples;

namespace Plimsoll.Watch.Signals;

/// <summary>Compares how many attempts ended with how many the usual durations of their classes let expect.</summary>
/// <remarks>
/// By renewal, an attempt of a class with mean duration m ends with the expectation dt/m per dt of being alive; summed over live attempts that does not
/// depend on which classes run or how many. Only classes that end within a tenth of the window count, or the phase of a batch would look like a fall.
/// </remarks>
internal sealed class ThroughputMeter
{
    private const int Known = 8;
    private const int MostClasses = 256;

    // Below this expectation chance alone could halve the count: with 30 expected and durations as spread as exponential ones, p < 0.001.
    private const double Enough = 30;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestMean = TimeSpan.FromMinutes(3);

    private readonly Dictionary<string, UsualDuration> classes = new(StringComparer.Ordinal);
    private readonly Queue<(DateTimeOffset At, double Expected, double Ended)> slices = new();
    private DateTimeOffset? last;
    private DateTimeOffset sliceFrom;
    private double expected;
    private double ended;

    /// <summary>Share of the expected ends that is missing; null while too few are expected to tell.</summary>
    public SignalValue? Read(WatchSample sample)
    {
        double seconds = last is { } before ? Math.Clamp((sample.At - before).TotalSeconds, 0, 10) : 0;
        last = sample.At;
        foreach (AttemptReading attempt in sample.Attempts)
        {
            if (!attempt.Frozen && Usual(attempt.Class) is { } usual)
            {
                expected += seconds / usual.MeanSeconds;
            }
        }

        foreach (EndedAttempt one in sample.Ended)
        {
            ended += Usual(one.Class) is null ? 0 : 1;
            Learn(one, sample.At);
        }

        if (sample.At - sliceFrom >= Slice)
        {
            slices.Enqueue((sample.At, expected, ended));
            (expected, ended, sliceFrom) = (0, 0, sample.At);
            while (slices.Peek().At < sample.At - Window)
            {
                slices.Dequeue();
            }
        }

        double sum = slices.Sum(static slice => slice.Expected);
        double seen = slices.Sum(static slice => slice.Ended);
        return sum < Enough ? null : new SignalValue("", Math.Clamp(1 - (seen / sum), 0, 1), $"{seen:0} attempts ended, {sum:0} were to be expected");
    }

    private UsualDuration? Usual(string name) =>
        classes.TryGetValue(name, out UsualDuration? usual) && usual.Count >= Known && usual.MeanSeconds <= LongestMean.TotalSeconds ? usual : null;

    private void Learn(EndedAttempt one, DateTimeOffset at)
    {
        if (!classes.TryGetValue(one.Class, out UsualDuration? usual))
        {
            if (classes.Count >= MostClasses)
            {
                classes.Remove(classes.MinBy(static pair => pair.Value.LastAt).Key);
            }

            classes[one.Class] = usual = new UsualDuration();
        }

        usual.Learn(one.Lasted, at);
    }
}
