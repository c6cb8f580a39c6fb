namespace Plimsoll.Calibration.ProviderModel.Caching;

/// <summary>Which beginnings of prompts a provider still has.</summary>
/// <remarks>
/// A prefix can be read from the moment the answer that wrote it begins: parallel requests with the same cold prefix each pay for the write.
/// A read prolongs its life. Look-back over unmarked blocks is not modelled.
/// </remarks>
/// <param name="life">From the last use; Anthropic: 5 min or 1 h.</param>
/// <param name="smallestTokens">Shorter prefixes are not kept; 1,024 for most models.</param>
internal sealed class PromptCache(TimeSpan life, long smallestTokens)
{
    private const int SweepAbove = 4096;
    private readonly Dictionary<ulong, (DateTimeOffset From, DateTimeOffset Until)> entries = [];
    private int sweepAt = SweepAbove;

    /// <summary>Tokens of the longest prefix that can be read now; 0 = none.</summary>
    public long Readable(IReadOnlyList<PromptPrefix> prefixes, DateTimeOffset now)
    {
        for (int at = prefixes.Count - 1; at >= 0; at--)
        {
            if (entries.TryGetValue(prefixes[at].Key, out (DateTimeOffset From, DateTimeOffset Until) entry) && entry.From <= now && now < entry.Until)
                return prefixes[at].Tokens;
        }

        return 0;
    }

    /// <summary>Tokens up to the last breakpoint that is long enough to be kept; 0 = none.</summary>
    public long Writable(IReadOnlyList<PromptPrefix> prefixes) =>
        prefixes.Count > 0 && prefixes[^1].Tokens >= smallestTokens ? prefixes[^1].Tokens : 0;

    /// <summary>Keeps all prefixes of an answer that begins at <paramref name="begins"/>.</summary>
    public void Use(IReadOnlyList<PromptPrefix> prefixes, DateTimeOffset now, DateTimeOffset begins)
    {
        foreach (PromptPrefix prefix in prefixes)
        {
            if (prefix.Tokens < smallestTokens)
                continue;
            bool lives = entries.TryGetValue(prefix.Key, out (DateTimeOffset From, DateTimeOffset Until) known) && now < known.Until;
            DateTimeOffset from = lives && known.From < begins ? known.From : begins;
            DateTimeOffset until = lives && known.Until > begins + life ? known.Until : begins + life;
            entries[prefix.Key] = (from, until);
        }

        if (entries.Count > sweepAt)
            Sweep(now);
    }

    private void Sweep(DateTimeOffset now)
    {
        foreach (ulong key in entries.Where(entry => entry.Value.Until <= now).Select(entry => entry.Key).ToArray())
            entries.Remove(key);
        sweepAt = Math.Max(SweepAbove, 2 * entries.Count);
    }
}
