namespace Plimsoll.Core.Admission;

/// <summary>The shapes of one run that admission may choose from: a tree by settled memory for each distinct key.</summary>
/// <remarks>A look-up costs O(distinct keys x log shapes), whatever is too large to fit.</remarks>
internal sealed class CandidateIndex(ReadyOrder order)
{
    private readonly Dictionary<CandidateKey, int> places = [];
    private readonly List<(CandidateKey Key, NeedTree Tree)> trees = [];

    public bool IsEmpty => trees.Count == 0;

    public void Add(ShapeQueue shape)
    {
        if (!places.TryGetValue(shape.Key, out int place))
        {
            place = trees.Count;
            places.Add(shape.Key, place);
            trees.Add((shape.Key, new NeedTree(order)));
        }

        trees[place].Tree.Add(shape);
    }

    public void Remove(ShapeQueue shape)
    {
        int place = places[shape.Key];
        trees[place].Tree.Remove(shape);
        if (trees[place].Tree.First is null)
        {
            places.Remove(shape.Key);
            int last = trees.Count - 1;
            if (place != last)
            {
                trees[place] = trees[last];
                places[trees[place].Key] = place;
            }

            trees.RemoveAt(last);
        }
    }

    public void Refresh(ShapeQueue shape) => trees[places[shape.Key]].Tree.Refresh(shape);

    /// <summary>The first in order whose settled need is at most what <paramref name="limit"/> says of its key; below 0 is none.</summary>
    public ShapeQueue? First(Func<CandidateKey, long> limit)
    {
        ShapeQueue? first = null;
        foreach ((CandidateKey key, NeedTree tree) in trees)
        {
            long most = limit(key);
            if (most >= 0)
            {
                first = order.First(first, tree.FirstNeedingAtMost(most));
            }
        }

        return first;
    }
}
