namespace Plimsoll.Core.Limits.Learning;

/// <summary>Which prefixes the provider has in its cache, and who is writing the others.</summary>
/// <remarks>
/// Parallel requests with the same cold prefix would each pay for writing it; so the first one leads, and the others wait until it begins to
/// answer, at most 10 s per leader. Holds 16,384 prefixes, the longest unused go first.
/// </remarks>
public sealed class PrefixLedger
{
    /// <summary>Providers cache no prefix shorter than this.</summary>
    public const long LeastTokens = 1024;

    private const int MostPrefixes = 16_384;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TimeSpan timeToLive;
    private readonly Dictionary<UInt128, LinkedListNode<Prefix>> prefixes = [];
    private readonly LinkedList<Prefix> byUse = [];
    private readonly Dictionary<long, Prefix[]> leads = [];
    private long lastLead;

    /// <param name="timeToLive">How long the provider keeps an unused prefix; 5 min at Anthropic unless asked otherwise.</param>
    public PrefixLedger(TimeSpan timeToLive)
    {
        this.timeToLive = timeToLive;
    }

    /// <summary>Says, when a request has its quota, whether to send it and what it will read from the cache; every leader must be reported on.</summary>
    /// <param name="marks">Its prefixes, shortest first.</param>
    public PrefixAnswer Ask(ReadOnlySpan<PrefixMark> marks, DateTimeOffset now)
    {
        int warm = LongestWarm(marks, now);
        long cached = warm >= 0 ? marks[warm].Tokens : 0;
        ReadOnlySpan<PrefixMark> cold = marks[(warm + 1)..];
        for (int index = cold.Length - 1; index >= 0; index--)
        {
            if (cold[index].Tokens - cached >= LeastTokens && Find(cold[index].Hash) is { Lead: > 0 } led && led.LedUntil > now)
            {
                return new PrefixAnswer(PrefixRole.Follower, cached, led.Lead, led.LedUntil);
            }
        }

        for (int index = 0; index <= warm; index++)
        {
            Touch(marks[index].Hash)?.WarmUntil = now + timeToLive;
        }

        return cold.IsEmpty || cold[^1].Tokens - cached < LeastTokens
            ? new PrefixAnswer(PrefixRole.Free, cached)
            : new PrefixAnswer(PrefixRole.Leader, cached, Lead(cold, now));
    }

    /// <summary>Input tokens that a request would read from the cache now, for an estimate while it waits for quota.</summary>
    public long CachedTokens(ReadOnlySpan<PrefixMark> marks, DateTimeOffset now)
    {
        int warm = LongestWarm(marks, now);
        return warm >= 0 ? marks[warm].Tokens : 0;
    }

    /// <summary>A leader's answer has begun: its prefixes are in the cache.</summary>
    public void Began(long lead, DateTimeOffset now)
    {
        End(lead, now + timeToLive);
    }

    /// <summary>A leader failed or was cancelled: the next request that asks leads.</summary>
    public void Failed(long lead)
    {
        End(lead, null);
    }

    private int LongestWarm(ReadOnlySpan<PrefixMark> marks, DateTimeOffset now)
    {
        int warm = marks.Length - 1;
        while (warm >= 0 && !(Find(marks[warm].Hash)?.WarmUntil > now))
        {
            warm--;
        }

        return warm;
    }

    private Prefix? Find(UInt128 hash) => prefixes.TryGetValue(hash, out LinkedListNode<Prefix>? node) ? node.Value : null;

    private Prefix? Touch(UInt128 hash)
    {
        if (!prefixes.TryGetValue(hash, out LinkedListNode<Prefix>? node))
        {
            return null;
        }

        byUse.Remove(node);
        byUse.AddLast(node);
        return node.Value;
    }

    private long Lead(ReadOnlySpan<PrefixMark> cold, DateTimeOffset now)
    {
        long lead = ++lastLead;
        var led = new Prefix[cold.Length];
        for (int index = 0; index < cold.Length; index++)
        {
            Prefix prefix = Touch(cold[index].Hash) ?? Add(cold[index].Hash);
            prefix.Lead = lead;
            prefix.LedUntil = now + Patience;
            led[index] = prefix;
        }

        leads.Add(lead, led);
        return lead;
    }

    private Prefix Add(UInt128 hash)
    {
        if (prefixes.Count >= MostPrefixes)
        {
            prefixes.Remove(byUse.First!.Value.Hash);
            byUse.RemoveFirst();
        }

        var prefix = new Prefix(hash);
        prefixes.Add(hash, byUse.AddLast(prefix));
        return prefix;
    }

    private void End(long lead, DateTimeOffset? warmUntil)
    {
        if (!leads.Remove(lead, out Prefix[]? led))
        {
            return;
        }

        foreach (Prefix prefix in led)
        {
            prefix.WarmUntil = warmUntil ?? prefix.WarmUntil;
            prefix.Lead = prefix.Lead == lead || warmUntil is not null ? 0 : prefix.Lead;
        }
    }

    private sealed class Prefix(UInt128 hash)
    {
        public UInt128 Hash => hash;

        public DateTimeOffset WarmUntil { get; set; } = DateTimeOffset.MinValue;

        public long Lead { get; set; }

        public DateTimeOffset LedUntil { get; set; }
    }
}
