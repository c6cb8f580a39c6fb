namespace Plimsoll.Core.Admission;

/// <summary>Open nodes in the order of their score; finds the first, or the roomiest, that offers what is asked in about O(log n).</summary>
/// <remarks>A treap as <see cref="NeedTree"/>; every slot carries the most of each amount below it, so that full nodes are passed over together.</remarks>
internal sealed class NodeIndex
{
    private NodeSlot? root;

    public bool IsEmpty => root is null;

    public void Add(NodeSlot slot)
    {
        (slot.Left, slot.Right) = (null, null);
        root = Insert(root, slot.Pull());
        slot.IsIndexed = true;
    }

    public void Remove(NodeSlot slot)
    {
        root = Delete(root, slot);
        slot.IsIndexed = false;
    }

    /// <summary>True when something at all offers this.</summary>
    public bool Any(in NodeDemand demand) => First(root, demand, null) is not null;

    /// <summary>The first by score that offers it and is accepted; null accepts all.</summary>
    public NodeSlot? First(in NodeDemand demand, Func<NodeSlot, bool>? accept) => First(root, demand, accept);

    /// <summary>The one that offers it with the most room; what <paramref name="room"/> says may be less than the free bytes, never more.</summary>
    /// <param name="tries">Slots to look at, at most.</param>
    public NodeSlot? Roomiest(in NodeDemand demand, Func<NodeSlot, long>? room, int tries, out long most)
    {
        most = -1;
        NodeSlot? best = null;
        Roomiest(root, demand, room, ref tries, ref most, ref best);
        return best;
    }

    private static NodeSlot? First(NodeSlot? slot, in NodeDemand demand, Func<NodeSlot, bool>? accept)
    {
        while (slot is not null && slot.MayOffer(demand))
        {
            if (First(slot.Left, demand, accept) is { } found)
            {
                return found;
            }

            if (slot.Offers(demand) && (accept is null || accept(slot)))
            {
                return slot;
            }

            slot = slot.Right;
        }

        return null;
    }

    private static void Roomiest(NodeSlot? slot, in NodeDemand demand, Func<NodeSlot, long>? room, ref int tries, ref long most, ref NodeSlot? best)
    {
        if (slot is null || tries <= 0 || slot.MostBytes <= most || !slot.MayOffer(demand))
        {
            return;
        }

        if (slot.FreeBytes > most && slot.Offers(demand))
        {
            tries--;
            long here = room is null ? slot.FreeBytes : room(slot);
            (most, best) = here > most ? (here, slot) : (most, best);
        }

        bool rightFirst = (slot.Right?.MostBytes ?? -1) >= (slot.Left?.MostBytes ?? -1);
        Roomiest(rightFirst ? slot.Right : slot.Left, demand, room, ref tries, ref most, ref best);
        Roomiest(rightFirst ? slot.Left : slot.Right, demand, room, ref tries, ref most, ref best);
    }

    private static NodeSlot Insert(NodeSlot? slot, NodeSlot added)
    {
        if (slot is null)
        {
            return added;
        }

        if (Weight(added) > Weight(slot))
        {
            (added.Left, added.Right) = Split(slot, added);
            return added.Pull();
        }

        if (IsLeft(added, slot))
        {
            slot.Left = Insert(slot.Left, added);
        }
        else
        {
            slot.Right = Insert(slot.Right, added);
        }

        return slot.Pull();
    }

    private static NodeSlot? Delete(NodeSlot? slot, NodeSlot gone)
    {
        if (slot is null)
        {
            return null;
        }

        if (slot == gone)
        {
            return Merge(slot.Left, slot.Right);
        }

        if (IsLeft(gone, slot))
        {
            slot.Left = Delete(slot.Left, gone);
        }
        else
        {
            slot.Right = Delete(slot.Right, gone);
        }

        return slot.Pull();
    }

    private static (NodeSlot? Left, NodeSlot? Right) Split(NodeSlot? slot, NodeSlot at)
    {
        if (slot is null)
        {
            return (null, null);
        }

        if (IsLeft(slot, at))
        {
            (slot.Right, NodeSlot? right) = Split(slot.Right, at);
            return (slot.Pull(), right);
        }

        (NodeSlot? left, slot.Left) = Split(slot.Left, at);
        return (left, slot.Pull());
    }

    private static NodeSlot? Merge(NodeSlot? left, NodeSlot? right)
    {
        if (left is null || right is null)
        {
            return left ?? right;
        }

        if (Weight(left) > Weight(right))
        {
            left.Right = Merge(left.Right, right);
            return left.Pull();
        }

        right.Left = Merge(left, right.Left);
        return right.Pull();
    }

    private static bool IsLeft(NodeSlot slot, NodeSlot of) =>
        slot.Score < of.Score || (slot.Score == of.Score && slot.Node.Id.Value < of.Node.Id.Value);

    private static ulong Weight(NodeSlot slot) => ((ulong)slot.Node.Id.Value + 1) * 0x9E3779B97F4A7C15UL;
}
