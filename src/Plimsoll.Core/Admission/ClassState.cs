using Plimsoll.Core.Footprints;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Admission;

/// <summary>What is known of a class of tasks: its shapes, its profile, its recent durations, its circuit breaker and its width.</summary>
internal sealed class ClassState(string name, HostProfile host)
{
    private const int FreshProbes = 4;
    private const int MostDoublings = 10;
    private const int MostEvictions = 3;
    private const int Remembered = 9;
    private const int EnoughToJudge = 3;
    private static readonly TimeSpan TroubleWindow = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan BriefLimit = TimeSpan.FromMilliseconds(250);

    private readonly long[] recentTicks = new long[Remembered];
    private int seen;
    private bool completed;

    public string Name { get; } = name;

    public List<ShapeQueue> Shapes { get; } = [];

    public CircuitBreaker Breaker { get; } = new();

    public HostProfile Host => host;

    /// <summary>Median processor time of its starts.</summary>
    public TimeSpan StartCpu => Profile.StartCpu;

    public ClassProfile Profile { get; } = new(host);

    /// <summary>How many may run at once after repeated trouble with memory; null = not limited.</summary>
    public int? Width { get; set; }

    public int LiveCount { get; set; }

    /// <summary>True when live attempts may be counted with other footprints than its shapes have now.</summary>
    public bool HasGrown { get; set; } = true;

    /// <summary>When its attempts were evicted, the last three.</summary>
    public Queue<DateTimeOffset> Evictions { get; } = new();

    /// <summary>True once one attempt has completed, measured or not.</summary>
    public bool IsKnown => completed || Profile.HasSamples;

    /// <summary>Largest level a live attempt was seen to have settled at while the class is not known; 0 = none yet. A reading, not a fact.</summary>
    public long SettledBytes { get; set; }

    /// <summary>Probes that have settled, and those that have not; readings, not facts.</summary>
    public int SettledProbes { get; set; }

    public int UnsettledProbes { get; set; }

    /// <summary>True while not one attempt is known to have settled: it may take the node's few first probe places only.</summary>
    public bool IsFresh => !IsKnown && SettledBytes == 0;

    /// <summary>Unsettled probes allowed once one has settled: 4, doubled by each that settles.</summary>
    public int ProbeWidth => FreshProbes << Math.Min(SettledProbes, MostDoublings);

    public bool IsFull => LiveCount >= Width || (!IsKnown && !IsFresh && UnsettledProbes >= ProbeWidth);

    /// <summary>Largest resident size an attempt of the class was seen to have; 0 = none was measured.</summary>
    public long PeakBytes { get; set; }

    public TimeSpan? LongestDuration { get; private set; }

    /// <summary>True when the median of the last durations is known to be below 250 ms.</summary>
    public bool IsBrief { get; private set; }

    /// <summary>Notes an eviction.</summary>
    public void Evicted(DateTimeOffset at)
    {
        Evictions.Enqueue(at);
        if (Evictions.Count > MostEvictions)
        {
            Evictions.Dequeue();
        }
    }

    /// <summary>True when three attempts were evicted within a minute.</summary>
    public bool IsTroubled => Evictions.Count == MostEvictions && Evictions.Last() - Evictions.Peek() <= TroubleWindow;

    public void Learn(TimeSpan duration)
    {
        completed = true;
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
