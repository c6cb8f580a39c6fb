using System.Runtime.InteropServices;
using Plimsoll.Core.Limits.Learning;

namespace Plimsoll.Gateway.Quotas;

/// <summary>The ledger of cached prefixes, and those who wait for one to be written.</summary>
/// <remarks>Not safe for concurrent use: the quota's lock guards it.</remarks>
internal sealed class Prefixes
{
    private static readonly TimeSpan CacheLife = TimeSpan.FromMinutes(5);

    private readonly PrefixLedger ledger = new(CacheLife);
    private readonly Dictionary<long, TaskCompletionSource> waiting = [];
    private readonly List<PrefixMark> marks = [];

    /// <summary>Tokens that would be read from the cache now.</summary>
    public long CachedTokens(QuotaCall call, Estimates estimates, DateTimeOffset now)
    {
        Collect(call, estimates, now);
        return ledger.CachedTokens(CollectionsMarshal.AsSpan(marks), now);
    }

    public PrefixAnswer Ask(QuotaCall call, Estimates estimates, DateTimeOffset now)
    {
        Collect(call, estimates, now);
        return ledger.Ask(CollectionsMarshal.AsSpan(marks), now);
    }

    /// <summary>Completes when a leader has begun to answer or has failed.</summary>
    public Task Of(long lead)
    {
        if (!waiting.TryGetValue(lead, out TaskCompletionSource? signal))
        {
            waiting.Add(lead, signal = new(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        return signal.Task;
    }

    /// <param name="began">Whether its prefixes are in the cache; else the next request leads.</param>
    public void Report(long lead, bool began, DateTimeOffset now)
    {
        if (began)
        {
            ledger.Began(lead, now);
        }
        else
        {
            ledger.Failed(lead);
        }

        if (waiting.Remove(lead, out TaskCompletionSource? signal))
        {
            signal.TrySetResult();
        }
    }

    /// <summary>What the request itself asks to be kept, and the longest end of a block that an earlier one has had kept.</summary>
    private void Collect(QuotaCall call, Estimates estimates, DateTimeOffset now)
    {
        marks.Clear();
        bool found = false;
        for (int index = call.Prefixes.Length - 1; index >= 0; index--)
        {
            Providers.PrefixPoint point = call.Prefixes[index];
            PrefixMark mark = new(point.Hash, Math.Max(1, estimates.TokensIn(call, point.Bytes)));
            bool warm = !found && ledger.CachedTokens([mark], now) > 0;
            found |= warm;
            if (warm || point.IsWritten)
            {
                marks.Add(mark);
            }
        }

        marks.Reverse();
    }
}
