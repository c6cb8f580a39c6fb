using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>A node of the index that placement chooses from: what it has left, as of when it was last looked at.</summary>
internal sealed class NodeSlot(NodeLedger node)
{
    public NodeLedger Node { get; } = node;

    /// <summary>True when it has to be looked at again; it is in the list of touched nodes then.</summary>
    public bool IsStale { get; set; }

    public bool IsIndexed { get; set; }

    /// <summary>What a candidate without bursts and mapped pages may need at most; below 0 is closed.</summary>
    public long FreeBytes { get; set; } = -1;

    public long FreeMilliCores { get; set; }

    public NodeTraits Traits { get; set; }

    /// <summary>Lower is chosen first.</summary>
    public long Score { get; set; }

    /// <summary>When it was given something last, as a count of starts.</summary>
    public long LastTurn { get; set; }

    /// <summary>Its place in weighted turns.</summary>
    public double Pass { get; set; }

    public NodeSlot? Left { get; set; }

    public NodeSlot? Right { get; set; }

    /// <summary>Over this slot and everything below it.</summary>
    public long MostBytes { get; private set; }

    public long MostMilliCores { get; private set; }

    public ulong AnyLabels { get; private set; }

    public NodeTraits AnyTraits { get; private set; }

    public bool Offers(in NodeDemand demand) => FreeBytes >= demand.Bytes && FreeMilliCores >= demand.MilliCores && Node.CapacityBytes >= demand.WholeBytes
        && (demand.Labels & ~Node.Labels) == 0 && (demand.Traits & ~Traits) == NodeTraits.None;

    /// <summary>False when nothing at or below this slot can offer it.</summary>
    public bool MayOffer(in NodeDemand demand) => MostBytes >= demand.Bytes && MostMilliCores >= demand.MilliCores
        && (demand.Labels & ~AnyLabels) == 0 && (demand.Traits & ~AnyTraits) == NodeTraits.None;

    /// <summary>Sums up what is below.</summary>
    public NodeSlot Pull()
    {
        (MostBytes, MostMilliCores, AnyLabels, AnyTraits) = (FreeBytes, FreeMilliCores, Node.Labels, Traits);
        Add(Left);
        Add(Right);
        return this;
    }

    private void Add(NodeSlot? below)
    {
        if (below is not null)
        {
            MostBytes = Math.Max(MostBytes, below.MostBytes);
            MostMilliCores = Math.Max(MostMilliCores, below.MostMilliCores);
            AnyLabels |= below.AnyLabels;
            AnyTraits |= below.AnyTraits;
        }
    }
}
