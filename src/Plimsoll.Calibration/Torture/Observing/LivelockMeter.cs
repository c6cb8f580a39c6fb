namespace Plimsoll.Calibration.Torture.Observing;

/// <summary>Counts the seconds in which everything waited for memory for half of the time or more.</summary>
/// <remarks>Fed with the <c>full total</c> of PSI (microseconds, docs.kernel.org/accounting/psi.html), at any interval well below a second.</remarks>
internal sealed class LivelockMeter
{
    private const double StalledShare = 0.5;
    private double? firstSeconds;
    private long firstStall;
    private double secondBegan;
    private long stallThen;
    private int stretch;

    /// <summary>Seconds with a stall of 500 ms or more.</summary>
    public int LivelockSeconds { get; private set; }

    /// <summary>Longest row of such seconds.</summary>
    public int LongestStretch { get; private set; }

    /// <summary>Share of all the time, 0 to 1.</summary>
    public double StalledTime { get; private set; }

    public void Add(double atSeconds, long fullMicroseconds)
    {
        if (firstSeconds is not { } first)
        {
            (firstSeconds, firstStall, secondBegan, stallThen) = (atSeconds, fullMicroseconds, atSeconds, fullMicroseconds);
            return;
        }

        if (atSeconds > first)
            StalledTime = (fullMicroseconds - firstStall) / 1e6 / (atSeconds - first);

        double passed = atSeconds - secondBegan;
        if (passed < 1)
            return;

        // A late look covers several seconds; each of them gets its share of the stall.
        int seconds = (int)Math.Round(passed);
        bool stalled = (fullMicroseconds - stallThen) / 1e6 >= StalledShare * passed;
        stretch = stalled ? stretch + seconds : 0;
        LivelockSeconds += stalled ? seconds : 0;
        LongestStretch = Math.Max(LongestStretch, stretch);
        (secondBegan, stallThen) = (atSeconds, fullMicroseconds);
    }
}
