using Plimsoll.Core.Admission;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Capacity;

/// <summary>What the live attempts of one node hold, and the last reading of the node.</summary>
/// <remarks>Starts and exits change the sums at once; a sample only changes what is measured.</remarks>
internal sealed class NodeLedger(NodeId id, NodeTable table)
{
    private readonly SharedPages shared = new();
    private BurstPool pool;
    private BurstPool awaited;
    private long largest;
    private bool largestIsStale;

    public NodeId Id => id;

    /// <summary>False for a node that is gone, or of which only attempts are known.</summary>
    public bool IsUp { get; set; }

    /// <summary>What it said it has; null = what the limits say of the one machine.</summary>
    public NodeCapacity? Offer { get; set; }

    /// <summary>The limits in force, with this node's capacity.</summary>
    public KernelLimits Limits { get; set; } = KernelLimits.Default;

    /// <summary>Its labels as bits of <see cref="NodeTable.Mask"/>.</summary>
    public ulong Labels { get; set; }

    public MemoryMode MemoryMode => MemoryRule.Mode(Limits, Sample);

    /// <summary>What tasks may hold together where nobody else uses anything.</summary>
    public long CapacityBytes => MemoryRule.CapacityBytes(Limits, Sample);

    /// <summary>What our tasks may hold together now, were there none: the capacity less what others use.</summary>
    public long EmptyRoomBytes => CapacityBytes - (MemoryMode == MemoryMode.Sampled ? ForeignBytes : 0);

    public long MilliCores => Limits.Node.Cores is { } cores ? (long)Math.Round(cores * 1000) : MemoryRule.Unlimited;

    /// <summary>Its place among nodes to choose from; null until there are several.</summary>
    public NodeSlot? Slot { get; set; }

    /// <summary>In the order of admission.</summary>
    public List<AttemptLease> Live { get; } = [];

    /// <summary>How many of them count against the number of tasks at once: not leases, nor those that wait for their children.</summary>
    public int SlotsTaken { get; private set; }

    public NodeSample? Reading { get; private set; }

    public MemorySample? Sample => Reading?.Memory;

    /// <summary>What the node's guard says and does; readings, not facts.</summary>
    public NodeGates Gates { get; } = new();

    /// <summary>Sum of c over all live attempts.</summary>
    public long HeldBytes => pool.Held;

    public long HeldMilliCores { get; private set; }

    /// <summary>The part of <see cref="HeldBytes"/> whose release the head waits for.</summary>
    public long AwaitedBytes => awaited.Held;

    public long AwaitedMilliCores { get; private set; }

    public int AwaitedCount { get; private set; }

    /// <summary>S: mapped pages of all live executables.</summary>
    public long SharedBytes => shared.Bytes;

    /// <summary>B: what the live attempts' bursts are expected to need together.</summary>
    public long PoolBytes => pool.Bytes(Largest);

    /// <summary>U: memory used by others on the host.</summary>
    public long ForeignBytes { get; private set; }

    /// <summary>Unsettled probes of classes of which nothing at all is known.</summary>
    public int FreshProbes { get; private set; }

    /// <summary>Starts inside the start gate.</summary>
    public int HeavyStarts { get; private set; }

    public int FrozenCount { get; private set; }

    /// <summary>Rises whenever the live attempts, or what is known of them, change; very short ones come and go unnoticed.</summary>
    public long Version { get; private set; }

    public bool IsExclusive => Live is [{ Shape.IsExclusive: true }, ..];

    /// <summary>Largest h of the live attempts.</summary>
    public long Largest
    {
        get
        {
            if (largestIsStale)
            {
                largest = 0;
                Live.ForEach(live => largest = Math.Max(largest, live.Counted.Headroom));
                largestIsStale = false;
            }

            return largest;
        }
    }

    public void Add(AttemptLease live)
    {
        table.Register(live);
        Live.Add(live);
        SlotsTaken += live.TakesSlot ? 1 : 0;
        HeldMilliCores += live.Shape.MilliCores;
        live.Shape.Run.Count(live, 1);
        live.Shape.Class.LiveCount++;
        table.Note(this);
        shared.Add(live.Executable, live.MappedBytes);
        Count(live);
        Version += live.Shape.Class.IsBrief ? 0 : 1;
        if (live.Unsettled)
        {
            CountStart(live, 1);
        }
    }

    public void Remove(AttemptLease live)
    {
        Await(live, false);
        Settle(live);
        table.Forget(live);
        Live.Remove(live);
        SlotsTaken -= live.TakesSlot ? 1 : 0;
        Unbind(live);
        HeldMilliCores -= live.Shape.MilliCores;
        live.Shape.Run.Count(live, -1);
        live.Shape.Class.LiveCount--;
        table.Note(this);
        shared.Remove(live.Executable);
        pool -= live.Counted;
        largestIsStale |= live.Counted.Headroom >= largest;
        FrozenCount -= live.FrozenSince is null ? 0 : 1;
        Version += live.Shape.Class.IsBrief ? 0 : 1;
        if (Live.Count == 0)
        {
            // Nothing is left of rounding.
            pool = awaited = default;
        }
    }

    public void Touch() => Version++;

    public void Freeze(AttemptLease live, DateTimeOffset at)
    {
        table.Note(this);
        FrozenCount += live.FrozenSince is null ? 1 : 0;
        live.FrozenSince ??= at;
    }

    public void Thaw(AttemptLease live, DateTimeOffset at)
    {
        table.Note(this);
        if (live.FrozenSince is { } since)
        {
            live.FrozenBefore += at > since ? at - since : TimeSpan.Zero;
            live.FrozenSince = null;
            FrozenCount--;
        }
    }

    /// <summary>Gives back the slot of an attempt, or takes it again.</summary>
    public void Yield(AttemptLease live, bool yields)
    {
        table.Note(this);
        SlotsTaken -= live.TakesSlot ? 1 : 0;
        live.Yields = yields;
        SlotsTaken += live.TakesSlot ? 1 : 0;
    }

    /// <summary>What is measured at the holder counts to the lease first, so that it is not counted twice.</summary>
    public static void Bind(AttemptLease lease, AttemptLease holder)
    {
        lease.Holder = holder;
        holder.LeasedBytes += lease.ReservedBytes;
        holder.Node.Recount(holder);
    }

    /// <summary>Counts an attempt anew after its reading or footprint changed.</summary>
    public void Recount(AttemptLease live)
    {
        table.Note(this);
        BurstPool before = live.Counted;
        pool -= before;
        Count(live);
        awaited += live.Awaited ? live.Counted - before : default;
        largestIsStale |= before.Headroom >= largest && live.Counted.Headroom < before.Headroom;
    }

    /// <summary>Gives an attempt another footprint, because its class has learned.</summary>
    public void Refit(AttemptLease live, in Footprint footprint)
    {
        if (live.Footprint != footprint)
        {
            live.Footprint = footprint;
            Map(live, footprint.Mapped, footprint.Executable);
            Recount(live);
            Version++;
        }
    }

    public void Map(AttemptLease live, long bytes, ulong executable)
    {
        if (executable != 0 && (live.Executable != executable || bytes > live.MappedBytes))
        {
            shared.Remove(live.Executable);
            (live.Executable, live.MappedBytes) = (executable, bytes);
            shared.Add(executable, bytes);
        }
    }

    /// <summary>S that one more attempt would add.</summary>
    public long ExtraShared(in CandidateKey key) => shared.Extra(key.Executable, key.Mapped);

    /// <summary>Sum of c, and B with one more attempt.</summary>
    public long HeldWith(in CandidateKey key) =>
        pool.Held + (pool + BurstPool.Of(0, key.Burst, key.Share)).Bytes(Math.Max(Largest, key.Burst));

    /// <summary>The same once the awaited exits have happened and the head has started; the key of none is the default.</summary>
    public long HeldBesideHead(ShapeQueue head, in CandidateKey key)
    {
        BurstPool then = pool - awaited
            + BurstPool.Of(head.NeedBytes, head.Footprint.Burst, head.Footprint.Share)
            + BurstPool.Of(0, key.Burst, key.Share);
        return then.Held + then.Bytes(Math.Max(Math.Max(Largest, key.Burst), head.Footprint.Burst));
    }

    /// <summary>Marks whether the head waits for the exit of an attempt.</summary>
    public void Await(AttemptLease live, bool isAwaited)
    {
        if (live.Awaited != isAwaited)
        {
            live.Awaited = isAwaited;
            awaited = isAwaited ? awaited + live.Counted : awaited - live.Counted;
            AwaitedMilliCores += (isAwaited ? 1 : -1) * live.Shape.MilliCores;
            AwaitedCount += isAwaited ? 1 : -1;
        }
    }

    /// <summary>Its start is over; true when it was not before.</summary>
    public bool Settle(AttemptLease live)
    {
        if (!live.Unsettled)
        {
            return false;
        }

        live.Unsettled = false;
        CountStart(live, -1);
        return true;
    }

    /// <summary>Nothing known became something: its probes leave the node's first places.</summary>
    public void NoLongerFresh(ClassState owner)
    {
        foreach (AttemptLease live in Live)
        {
            if (live.Shape.Class == owner)
            {
                LeaveFreshPlace(live);
            }
        }

        table.Note(this);
    }

    public void Take(NodeSample reading, long foreignBytes)
    {
        table.Note(this);
        Reading = reading;
        ForeignBytes = Math.Max(0, foreignBytes);
    }

    private void Unbind(AttemptLease lease)
    {
        if (lease.Holder is { } holder && table.Find(holder.Handle) == holder)
        {
            holder.LeasedBytes -= lease.ReservedBytes;
            holder.Node.Recount(holder);
        }
    }

    private void Count(AttemptLease live)
    {
        live.Counted = BurstPool.Of(live.HeldBytes, live.HeadroomBytes, live.Footprint.Share);
        pool += live.Counted;
        largest = Math.Max(largest, live.Counted.Headroom);
    }

    private void CountStart(AttemptLease live, int sign)
    {
        table.Note(this);
        if (!live.IsProbe)
        {
            HeavyStarts += sign;
            return;
        }

        if (sign < 0)
        {
            LeaveFreshPlace(live);
        }
        else if (live.Shape.Class.IsFresh)
        {
            live.TakesFreshPlace = true;
            FreshProbes++;
        }

        live.Shape.Class.UnsettledProbes += sign;
    }

    /// <summary>What was taken is given back once, whatever is known of the class by then.</summary>
    private void LeaveFreshPlace(AttemptLease live)
    {
        FreshProbes -= live.TakesFreshPlace ? 1 : 0;
        live.TakesFreshPlace = false;
    }
}
