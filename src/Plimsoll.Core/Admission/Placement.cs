using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>Chooses the node of a start, and answers for all nodes together what admission asks; with one node it asks that node.</summary>
/// <remarks>
/// The node that is kept for the head is outside the index: others may use it only beside the head's claim. Of candidates with bursts the exact
/// room differs from node to node, so no more than the 16 roomiest nodes are tried for them; whatever those cannot take waits for a change.
/// </remarks>
internal sealed class Placement(KernelState state)
{
    private const int MostTries = 16;

    private readonly FleetCapacity capacity = new(state.Nodes);
    private readonly NodeIndex index = new();
    private NodeLedger? kept;
    private long starts;
    private double virtualTurn;
    private DateTimeOffset now;
    private bool leasesOnly; // no slot is left on the only node, and leases need none

    public long LargestBytes => capacity.LargestBytes;

    public long TotalBytes => capacity.TotalBytes;

    public long TotalMilliCores => capacity.TotalMilliCores;

    private Reservation Reservation => state.Reservation;

    /// <summary>Every node has to be looked at again.</summary>
    public void Reset()
    {
        capacity.Forget();
        foreach (NodeLedger node in state.Nodes.All)
        {
            state.Nodes.Note(node);
        }
    }

    /// <summary>What a node has, or whether it is there, has changed.</summary>
    public void Changed(NodeLedger node)
    {
        capacity.Forget();
        if (!state.Nodes.IsSingle && node.Slot is null)
        {
            foreach (NodeLedger each in state.Nodes.All)
            {
                each.Slot ??= new NodeSlot(each);
                state.Nodes.Note(each);
            }
        }

        state.Nodes.Note(node);
    }

    /// <summary>True when nothing can start at all.</summary>
    public bool IsClosed(DateTimeOffset at)
    {
        now = at;
        if (state.Nodes.IsSingle)
        {
            Gate gate = AdmissionRule.GateOf(state, state.Node, now);
            leasesOnly = gate is Gate.Concurrency or Gate.Exclusive && state.Queues.ReadyLeases > 0;
            return leasesOnly ? AdmissionRule.GateOf(state, state.Node, now, LeaseKind.Task) != Gate.Open : gate != Gate.Open;
        }

        Refresh();
        return state.IntakePaused || (index.IsEmpty && Reservation.Shape is null);
    }

    /// <inheritdoc cref="AdmissionRule.HeadLimit"/>
    public long HeadLimit(in CandidateKey key)
    {
        if (state.Nodes.IsSingle)
        {
            return MayStart(key) ? AdmissionRule.HeadLimit(state.Node, key) : -1;
        }

        bool hasPlace = !(key.Fresh || key.Gated) || index.Any(NodeDemand.Of(key, 0) with { MilliCores = 0 });
        return hasPlace ? capacity.MostEmpty(key) : -1;
    }

    /// <summary>The largest settled need of such a candidate that may pass the head on some node; below 0 is none.</summary>
    public long PassLimit(in CandidateKey key)
    {
        if (state.Nodes.IsSingle)
        {
            return MayStart(key) ? AdmissionRule.PassLimit(Reservation, key) : -1;
        }

        Refresh();
        Roomiest(key, 0, out long most);
        return Reservation.Shape is { IsExclusive: false } && IsOpen(Reservation.Node) ? Math.Max(most, AdmissionRule.PassLimit(Reservation, key)) : most;
    }

    /// <summary>The node on which a shape's head starts now; null = none.</summary>
    public NodeLedger? Choose(ShapeQueue shape)
    {
        if (state.Nodes.IsSingle)
        {
            return AdmissionRule.FitOf(Reservation, state.Node, shape) == Fit.Fits ? state.Node : null;
        }

        Refresh();
        if (Reservation.Shape == shape && Fits(Reservation.Node, shape))
        {
            return Reservation.Node;
        }

        CandidateKey key = shape.Key;
        long need = shape.NeedBytes;
        int tries = MostTries;
        Func<NodeSlot, bool>? accept = key.IsPlain ? null : slot => tries-- <= 0 || AdmissionRule.RoomBytes(slot.Node, key) >= need;
        if (index.First(NodeDemand.Of(key, need), accept) is { } first && (key.IsPlain || AdmissionRule.RoomBytes(first.Node, key) >= need))
        {
            return first.Node;
        }

        if (!key.IsPlain && Roomiest(key, need, out long most) is { } roomiest && most >= need)
        {
            return roomiest.Node;
        }

        return Reservation.Shape is not null && Reservation.Shape != shape && Fits(Reservation.Node, shape) ? Reservation.Node : null;
    }

    /// <summary>The node to keep for a head that fits nowhere; null when none is open that could ever take it.</summary>
    public NodeLedger? KeepFor(ShapeQueue head)
    {
        if (state.Nodes.IsSingle)
        {
            return state.Node;
        }

        Refresh();
        if (Reservation.Shape == head && Reservation.Node.IsUp)
        {
            return Reservation.Node;
        }

        return index.Roomiest(NodeDemand.Of(head), slot => CouldTake(slot.Node, head) ? Nearness(slot, head) : -1, MostTries * 4, out _)?.Node;
    }

    /// <summary>Says that a shape's head was started on a node.</summary>
    public void Placed(NodeLedger node)
    {
        if (node.Slot is { } slot)
        {
            slot.LastTurn = ++starts;
            virtualTurn = Math.Max(virtualTurn, slot.Pass);
            slot.Pass = virtualTurn + NodeScore.Stride(node, capacity.LargestBytes, capacity.LargestMilliCores);
            state.Nodes.Note(node);
        }
    }

    /// <summary>The node by which to say why a shape waits.</summary>
    public NodeLedger ReferenceFor(ShapeQueue shape)
    {
        if (state.Nodes.IsSingle)
        {
            return state.Node;
        }

        if (Reservation.Shape == shape)
        {
            return Reservation.Node;
        }

        return index.Roomiest(NodeDemand.Of(shape), null, int.MaxValue, out _)?.Node
            ?? state.Nodes.All.Where(node => node.IsUp && CouldTake(node, shape)).MinBy(static node => node.Live.Count)
            ?? state.Nodes.All.FirstOrDefault(static node => node.IsUp)
            ?? state.Node;
    }

    private static bool CouldTake(NodeLedger node, ShapeQueue shape) =>
        AdmissionRule.HasLabels(node, shape.Labels) && shape.Key.WholeBytes <= node.CapacityBytes && shape.MilliCores <= node.MilliCores && shape.NeedBytes <= AdmissionRule.EmptyRoomBytes(node, shape.Key);

    /// <summary>How much of what it needs is there, of memory or cores whichever is scarcer, never above what is free.</summary>
    private static long Nearness(NodeSlot slot, ShapeQueue shape) =>
        (long)(slot.FreeBytes * Math.Min(1, Math.Max(0, slot.FreeMilliCores) / (double)Math.Max(1, shape.MilliCores)));

    private bool Fits(NodeLedger node, ShapeQueue shape) => IsOpen(node) && AdmissionRule.FitOf(Reservation, node, shape) == Fit.Fits;

    private bool MayStart(in CandidateKey key) =>
        !leasesOnly || (key.Lease is { } lease && AdmissionRule.GateOf(state, state.Node, now, lease) == Gate.Open);

    private bool IsOpen(NodeLedger node) => AdmissionRule.GateOf(state, node, now) == Gate.Open;

    private NodeSlot? Roomiest(CandidateKey key, long need, out long most) => key.IsPlain
        ? index.Roomiest(NodeDemand.Of(key, need), null, int.MaxValue, out most)
        : index.Roomiest(NodeDemand.Of(key, need), slot => AdmissionRule.RoomBytes(slot.Node, key), MostTries, out most);

    private void Refresh()
    {
        NodeLedger? keeps = Reservation.Shape is null ? null : Reservation.Node;
        if (keeps != kept)
        {
            Note(kept);
            Note(keeps);
            kept = keeps;
        }

        if (state.Nodes.Touched.Count > 0)
        {
            foreach (NodeLedger node in state.Nodes.Touched)
            {
                Refresh(node, node.Slot!);
            }

            state.Nodes.Settled();
        }
    }

    private void Note(NodeLedger? node)
    {
        if (node is not null)
        {
            state.Nodes.Note(node);
        }
    }

    private void Refresh(NodeLedger node, NodeSlot slot)
    {
        slot.IsStale = false;
        if (slot.IsIndexed)
        {
            index.Remove(slot);
        }

        capacity.Look(node);
        if (node == kept || !IsOpen(node))
        {
            slot.FreeBytes = -1;
            return;
        }

        slot.FreeBytes = AdmissionRule.RoomBytes(node, default);
        slot.FreeMilliCores = AdmissionRule.RoomMilliCores(node);
        slot.Traits = (node.Live.Count == 0 ? NodeTraits.Empty : NodeTraits.None)
            | (node.FreshProbes < AdmissionRule.FreshProbePlaces ? NodeTraits.FreshPlace : NodeTraits.None)
            | (node.HeavyStarts < AdmissionRule.HeavyStartPlaces(node) ? NodeTraits.GatePlace : NodeTraits.None);
        if (slot.FreeBytes >= 0)
        {
            slot.Score = NodeScore.Of(slot, state.Limits.Placement, ConcurrencyRule.Limit(node.Limits, node.Sample));
            index.Add(slot);
        }
    }
}
