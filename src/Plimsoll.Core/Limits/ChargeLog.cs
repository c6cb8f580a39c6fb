namespace Plimsoll.Core.Limits;

/// <summary>Charges of one dimension in the order of requests, so that those after any live request can be added up.</summary>
internal sealed class ChargeLog
{
    private readonly List<long> charges = [];
    private long first = 1;

    /// <summary>Adds to what a request was charged; ids may skip but not go back behind what was forgotten.</summary>
    public void Add(long id, long amount)
    {
        if (id < first)
        {
            return;
        }

        while (first + charges.Count <= id)
        {
            charges.Add(0);
        }

        charges[(int)(id - first)] += amount;
    }

    /// <summary>The sum over all requests after this one.</summary>
    public long After(long id)
    {
        long sum = 0;
        for (int index = (int)Math.Max(0, id + 1 - first); index < charges.Count; index++)
        {
            sum += charges[index];
        }

        return sum;
    }

    /// <summary>Drops requests before this one: nothing older than the oldest live request is asked for.</summary>
    public void Forget(long before)
    {
        long count = Math.Min(before - first, charges.Count);
        if (count > 64 && count > charges.Count / 2)
        {
            charges.RemoveRange(0, (int)count);
            first += count;
        }
    }
}
