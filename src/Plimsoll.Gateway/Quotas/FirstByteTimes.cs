namespace Plimsoll.Gateway.Quotas;

/// <summary>How long providers take to begin an answer: about the 99 % quantile, as the largest of the last hundred.</summary>
internal sealed class FirstByteTimes
{
    private const int Kept = 100;
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    private readonly TimeSpan[] last = new TimeSpan[Kept];
    private int count;
    private TimeSpan largest;

    /// <summary>At most two minutes, so that there is time to wait at all.</summary>
    public TimeSpan Quantile => count == 0 ? Unknown : largest < Most ? largest : Most;

    public void Add(TimeSpan time)
    {
        int at = count++ % Kept;
        TimeSpan gone = last[at];
        last[at] = time;
        if (time >= largest)
        {
            largest = time;
        }
        else if (gone == largest)
        {
            largest = TimeSpan.Zero;
            foreach (TimeSpan each in last)
            {
                largest = each > largest ? each : largest;
            }
        }
    }
}
