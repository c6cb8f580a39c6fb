namespace Plimsoll.Core.Admission;

/// <summary>Shapes by the memory they need; answers which of those that need at most x starts first, in O(log n).</summary>
/// <remarks>
/// A treap (R. Seidel, C. Aragon, "Randomized search trees", Algorithmica 16, 1996) whose weights are a hash of the shape's id, so that it is
/// deterministic; every node carries the first in order of its subtree.
/// </remarks>
internal sealed class NeedTree(ReadyOrder order)
{
    private ShapeQueue? root;

    public ShapeQueue? First => root?.First;

    public void Add(ShapeQueue shape)
    {
        shape.Left = null;
        shape.Right = null;
        shape.First = shape;
        root = Insert(root, shape);
    }

    public void Remove(ShapeQueue shape) => root = Delete(root, shape);

    /// <summary>To be called when the head of a shape in the tree has changed.</summary>
    public void Refresh(ShapeQueue shape) => Refresh(root, shape);

    public ShapeQueue? FirstNeedingAtMost(long bytes)
    {
        ShapeQueue? first = null;
        ShapeQueue? node = root;
        while (node is not null)
        {
            order.Tasks.Touched++;
            if (node.NeedBytes <= bytes)
            {
                first = order.First(first, order.First(node, node.Left?.First));
                node = node.Right;
            }
            else
            {
                node = node.Left;
            }
        }

        return first;
    }

    private ShapeQueue Insert(ShapeQueue? node, ShapeQueue added)
    {
        if (node is null)
        {
            return added;
        }

        if (Weight(added) > Weight(node))
        {
            (added.Left, added.Right) = Split(node, added);
            return Pull(added);
        }

        if (IsLeft(added, node))
        {
            node.Left = Insert(node.Left, added);
        }
        else
        {
            node.Right = Insert(node.Right, added);
        }

        return Pull(node);
    }

    private ShapeQueue? Delete(ShapeQueue? node, ShapeQueue gone)
    {
        if (node is null)
        {
            return null;
        }

        if (node == gone)
        {
            return Merge(node.Left, node.Right);
        }

        if (IsLeft(gone, node))
        {
            node.Left = Delete(node.Left, gone);
        }
        else
        {
            node.Right = Delete(node.Right, gone);
        }

        return Pull(node);
    }

    private void Refresh(ShapeQueue? node, ShapeQueue changed)
    {
        if (node is null)
        {
            return;
        }

        if (node != changed)
        {
            Refresh(IsLeft(changed, node) ? node.Left : node.Right, changed);
        }

        Pull(node);
    }

    private (ShapeQueue? Left, ShapeQueue? Right) Split(ShapeQueue? node, ShapeQueue at)
    {
        if (node is null)
        {
            return (null, null);
        }

        if (IsLeft(node, at))
        {
            (node.Right, ShapeQueue? right) = Split(node.Right, at);
            return (Pull(node), right);
        }

        (ShapeQueue? left, node.Left) = Split(node.Left, at);
        return (left, Pull(node));
    }

    private ShapeQueue? Merge(ShapeQueue? left, ShapeQueue? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        if (Weight(left) > Weight(right))
        {
            left.Right = Merge(left.Right, right);
            return Pull(left);
        }

        right.Left = Merge(left, right.Left);
        return Pull(right);
    }

    private ShapeQueue Pull(ShapeQueue node)
    {
        order.Tasks.Touched++;
        node.First = order.First(node, order.First(node.Left?.First, node.Right?.First));
        return node;
    }

    private static bool IsLeft(ShapeQueue shape, ShapeQueue of) =>
        shape.NeedBytes < of.NeedBytes || (shape.NeedBytes == of.NeedBytes && shape.Id < of.Id);

    private static ulong Weight(ShapeQueue shape) => ((ulong)shape.Id + 1) * 0x9E3779B97F4A7C15UL;
}
