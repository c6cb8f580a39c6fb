namespace Plimsoll.Calibration.ProviderModel.Quotas;

/// <summary>Refuses input that grows faster than its limit; the first window allows what is free.</summary>
internal sealed class AccelerationGate(AccelerationLimit limit, DateTimeOffset start)
{
    private long minute;
    private long minuteTokens;
    private long window;
    private long windowPeak;
    private long previousPeak;

    /// <summary>Tokens that this minute may have.</summary>
    public long Allowed(DateTimeOffset now)
    {
        Advance(now);
        return (long)Math.Max(limit.FreeTokensPerMinute, previousPeak * (1 + limit.Growth));
    }

    /// <summary>Zero = admitted; otherwise until the next minute. A request above what a minute may have is admitted when alone in its minute.</summary>
    public TimeSpan WaitFor(long tokens, DateTimeOffset now)
    {
        long allowed = Allowed(now);
        return minuteTokens == 0 || minuteTokens + tokens <= allowed ? TimeSpan.Zero : start.AddMinutes(minute + 1) - now;
    }

    public void Add(long tokens, DateTimeOffset now)
    {
        Advance(now);
        minuteTokens += tokens;
    }

    private void Advance(DateTimeOffset now)
    {
        long reached = (now - start).Ticks / TimeSpan.TicksPerMinute;
        if (reached <= minute)
            return;
        windowPeak = Math.Max(windowPeak, minuteTokens);
        minuteTokens = 0;
        minute = reached;
        long reachedWindow = (now - start).Ticks / limit.Window.Ticks;
        if (reachedWindow == window)
            return;
        previousPeak = reachedWindow == window + 1 ? windowPeak : 0;
        windowPeak = 0;
        window = reachedWindow;
    }
}
