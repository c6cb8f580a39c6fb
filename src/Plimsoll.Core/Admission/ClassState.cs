using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Admission;

/// <summary>What is known of a class of tasks: its shapes, its largest peak, its recent durations and its circuit breaker.</summary>
internal sealed class ClassState(string name)
{
    private const int Remembered = 9;
    private const int EnoughToJudge = 3;
    private static readonly TimeSpan BriefLimit = TimeSpan.FromMilliseconds(250);

    private readonly long[] recentTicks = new long[Remembered];
    private int seen;

    public string Name { get; } = name;

    public List<ShapeQueue> Shapes { get; } = [];

    public CircuitBreaker Breaker { get; } = new();

    /// <summary>Largest resident size an attempt of the class was seen to have; 0 = none was measured.</summary>
    public long PeakBytes { get; set; }

    public TimeSpan? LongestDuration { get; private set; }

    /// <summary>True when the median of the last durations is known to be below 250 ms.</summary>
    public bool IsBrief { get; private set; }

    public void Learn(TimeSpan duration)
    {
        LongestDuration = LongestDuration is { } longest && longest > duration ? longest : duration;
        recentTicks[seen++ % Remembered] = duration.Ticks;
        int known = Math.Min(seen, Remembered);
        if (known >= EnoughToJudge)
        {
            Span<long> sorted = stackalloc long[Remembered];
            sorted = sorted[..known];
            recentTicks.AsSpan(0, known).CopyTo(sorted);
            sorted.Sort();
            IsBrief = sorted[known / 2] < BriefLimit.Ticks;
        }
    }
}
