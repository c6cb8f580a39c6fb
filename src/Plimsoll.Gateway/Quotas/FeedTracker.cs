namespace Plimsoll.Gateway.Quotas;

/// <summary>Learns how much quota one agent uses when it does not wait, and so how many the quota can feed.</summary>
/// <remarks>
/// An agent's use is the cost of a call over the time from one call of it to the next, less what it waited for quota: agents that already queue would else
/// seem to need little. Means over the last 64 calls.
/// </remarks>
internal sealed class FeedTracker
{
    private const int Memory = 64;
    private const int Enough = 16;
    private const int MostCallers = 4096;
    private static readonly TimeSpan LongestGap = TimeSpan.FromMinutes(10);

    private readonly Dictionary<long, (DateTimeOffset At, TimeSpan Queued)> last = [];
    private double cost;
    private double gap;
    private int costs;
    private int gaps;

    /// <summary>Agents that can be fed; null while too little was seen.</summary>
    public int? Feeds => costs < Enough || gaps < Enough || cost <= 0 ? null : (int)Math.Clamp(Math.Round(gap / cost), 1, 1_000_000);

    /// <summary>A caller's request came and has waited so long for quota.</summary>
    public void Sent(long flow, DateTimeOffset arrived, TimeSpan queued)
    {
        if (last.TryGetValue(flow, out (DateTimeOffset At, TimeSpan Queued) before))
        {
            TimeSpan between = arrived - before.At - before.Queued;
            if (between > TimeSpan.Zero && between < LongestGap)
            {
                gaps = Math.Min(Memory, gaps + 1);
                gap += (between.TotalSeconds - gap) / gaps;
            }
        }
        else if (last.Count >= MostCallers)
        {
            last.Clear();
        }

        last[flow] = (arrived, queued);
    }

    /// <param name="seconds">What a call has used, in seconds of quota.</param>
    public void Used(double seconds)
    {
        costs = Math.Min(Memory, costs + 1);
        cost += (seconds - cost) / costs;
    }
}
