namespace Plimsoll.Core.Graphs;

/// <summary>Rows of the task table that are free to be used again, as disjoint ranges that do not touch, in ascending order.</summary>
/// <remarks>A service forgets finished runs; without this its table would grow with everything it ever ran.</remarks>
internal sealed class RowRanges
{
    private readonly SortedList<int, int> counts = []; // first row -> number of rows

    /// <summary>Takes rows out of the first range that is large enough.</summary>
    /// <returns>The first row, or -1 when no range is.</returns>
    public int Take(int count)
    {
        for (int i = 0; i < counts.Count; i++)
        {
            int first = counts.Keys[i];
            int there = counts.Values[i];
            if (there >= count)
            {
                counts.RemoveAt(i);
                if (there > count)
                {
                    counts.Add(first + count, there - count);
                }

                return first;
            }
        }

        return -1;
    }

    /// <summary>Gives rows back.</summary>
    public void Add(int first, int count)
    {
        if (counts.Remove(first + count, out int after))
        {
            count += after;
        }

        counts.Add(first, count);
        int place = counts.IndexOfKey(first);
        if (place > 0 && counts.Keys[place - 1] + counts.Values[place - 1] == first)
        {
            counts.SetValueAtIndex(place - 1, counts.Values[place - 1] + count);
            counts.RemoveAt(place);
        }
    }
}
