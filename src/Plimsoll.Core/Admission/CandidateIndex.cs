namespace Plimsoll.Core.Admission;

/// <summary>The shapes admission may choose from: one tree by memory for each distinct claim on cores.</summary>
/// <remarks>A look-up costs O(distinct cpu claims x log shapes), whatever is too large to fit.</remarks>
internal sealed class CandidateIndex(ReadyOrder order)
{
    private readonly SortedList<long, NeedTree> shared = [];
    private readonly SortedList<long, NeedTree> exclusive = [];

    public void Add(ShapeQueue shape)
    {
        SortedList<long, NeedTree> trees = TreesOf(shape);
        if (!trees.TryGetValue(shape.MilliCores, out NeedTree? tree))
        {
            tree = new NeedTree(order);
            trees.Add(shape.MilliCores, tree);
        }

        tree.Add(shape);
    }

    public void Remove(ShapeQueue shape)
    {
        SortedList<long, NeedTree> trees = TreesOf(shape);
        NeedTree tree = trees[shape.MilliCores];
        tree.Remove(shape);
        if (tree.First is null)
        {
            trees.Remove(shape.MilliCores);
        }
    }

    public void Refresh(ShapeQueue shape) => TreesOf(shape)[shape.MilliCores].Refresh(shape);

    /// <summary>The first in order that claims at most this; exclusive shapes only when asked for.</summary>
    public ShapeQueue? First(long bytes, long milliCores, bool withExclusive)
    {
        ShapeQueue? first = First(shared, bytes, milliCores);
        return withExclusive ? order.First(first, First(exclusive, bytes, milliCores)) : first;
    }

    private ShapeQueue? First(SortedList<long, NeedTree> trees, long bytes, long milliCores)
    {
        ShapeQueue? first = null;
        for (int i = 0; i < trees.Count && trees.GetKeyAtIndex(i) <= milliCores; i++)
        {
            first = order.First(first, trees.GetValueAtIndex(i).FirstNeedingAtMost(bytes));
        }

        return first;
    }

    private SortedList<long, NeedTree> TreesOf(ShapeQueue shape) => shape.IsExclusive ? exclusive : shared;
}
