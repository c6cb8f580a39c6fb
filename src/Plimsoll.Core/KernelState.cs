using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core;

/// <summary>Everything the kernel knows; written by <see cref="Facts.FactFolder"/>, and by the passing of time and samples, which are no facts.</summary>
internal sealed class KernelState
{
    private const int FenceBits = 40;

    public KernelState(KernelStart start)
    {
        Seed = start.Seed;
        NextFence = (start.Epoch << FenceBits) + 1;
        Runs = new RunTable(start.LastRun);
        Queues = new ReadyQueues(new ReadyOrder(Tasks), Locks, Nodes);
        Timers = new DueTimers(IsCurrent);
        Reservation = new Reservation(Node, Locks);
        Placement = new Placement(this);
    }

    public ulong Seed { get; }

    public long NextFence { get; set; }

    public TaskTable Tasks { get; } = new();

    public RunTable Runs { get; }

    public LockTable Locks { get; } = new();

    public ReadyQueues Queues { get; }

    public NodeTable Nodes { get; } = new();

    /// <summary>The machine itself: node 0.</summary>
    public NodeLedger Node => Nodes.Local;

    /// <summary>Chooses the node of each start; a decision, not a fact.</summary>
    public Placement Placement { get; }

    /// <summary>What the head waits for; a decision that is made anew after recovery, not a fact.</summary>
    public Reservation Reservation { get; }

    public DueTimers Timers { get; }

    public List<TaskPolicy> Policies { get; } = [];

    /// <summary>When each task in backoff may be tried again.</summary>
    public Dictionary<int, DateTimeOffset> Retrying { get; } = [];

    public KernelLimits Limits { get; private set; } = KernelLimits.Default;

    public bool IntakePaused { get; set; }

    public string IntakeReason { get; set; } = "";

    /// <summary>Waiting tasks whose hard need did not succeed, with that need: to be skipped in this turn.</summary>
    public Queue<(int Task, int Cause)> Doomed { get; } = new();

    /// <summary>Tasks whose needs have ended and whose condition is to be asked for in this turn.</summary>
    public Queue<int> Conditions { get; } = new();

    /// <summary>Runs that may have finished in this turn.</summary>
    public Queue<RunState> Finishing { get; } = new();

    public MemoryMode MemoryMode => Node.MemoryMode;

    /// <summary>What our tasks may hold together on this machine now, were there none.</summary>
    public long EmptyRoomBytes => Node.EmptyRoomBytes;

    public long MilliCores => Node.MilliCores;

    public TaskPolicy PolicyOf(int handle) => Policies[Tasks.Policy[handle]];

    /// <summary>Takes other limits over.</summary>
    public void Retune(KernelLimits limits)
    {
        Limits = limits;
        foreach (NodeLedger node in Nodes.All)
        {
            Offer(node, node.Offer);
        }

        Placement.Reset();
    }

    /// <summary>Takes over what a node has; null = what the limits say.</summary>
    public void Offer(NodeLedger node, NodeCapacity? capacity)
    {
        node.Offer = capacity;
        node.Limits = capacity is null ? Limits : Limits with { Node = capacity };
        node.Labels = Nodes.Mask(node.Limits.Node.Labels.AsSpan(), isNode: true);
    }

    /// <summary>Gives every shape the need that follows from the limits, the samples and what was learned.</summary>
    public void ResizeAll()
    {
        foreach (ShapeQueue shape in Queues.Shapes)
        {
            Resize(shape);
        }

        foreach (AttemptLease live in Nodes.Live)
        {
            Refit(live);
        }
    }

    /// <summary>Gives the shapes and live attempts of a class what is known of it now.</summary>
    public void ResizeAll(ClassState owner)
    {
        foreach (ShapeQueue shape in owner.Shapes)
        {
            Resize(shape);
            Queues.Settle(shape);
        }

        if (owner is { LiveCount: > 0, HasGrown: true })
        {
            owner.HasGrown = false;
            foreach (AttemptLease live in Nodes.Live)
            {
                if (live.Shape.Class == owner)
                {
                    Refit(live);
                }
            }
        }
    }

    /// <summary>Nothing known of a class became something: its probes leave the first places of their nodes.</summary>
    public void NoLongerFresh(ClassState owner)
    {
        foreach (NodeLedger node in Nodes.All)
        {
            node.NoLongerFresh(owner);
        }
    }

    public void Resize(ShapeQueue shape)
    {
        MemoryMode mode = MemoryMode;
        Footprint footprint = FootprintRule.Of(shape.Shape, shape.Raised, shape.Class, mode, Placement.LargestBytes);
        shape.Class.HasGrown |= footprint != shape.Footprint;
        bool learns = mode == MemoryMode.Sampled && shape.Shape.Lease is null;
        bool gated = learns && FootprintRule.StartsHeavily(shape.Class, mode);
        ReadyQueues.Resize(shape, footprint, CandidateKey.Of(shape, footprint, learns && shape.Class.IsFresh, gated, WholeBytes(shape, mode)));
    }

    /// <summary>Looks again at every shape of a class whose breaker has changed.</summary>
    public void SettleAll(ClassState owner)
    {
        foreach (ShapeQueue shape in owner.Shapes)
        {
            Queues.Settle(shape);
        }
    }

    /// <summary>Of several nodes, one that was not enough for a task is not to be followed by a smaller one, unless there is none as large any more.</summary>
    private long WholeBytes(ShapeQueue shape, MemoryMode mode) => Nodes.IsSingle || shape.Raised is not { Exclusive: true } raised
        ? 0
        : Math.Max(mode == MemoryMode.Sampled ? 0 : shape.Shape.Memory?.Value ?? 0, Math.Min(raised.Bytes, Placement.LargestBytes));

    private static void Refit(AttemptLease live) => live.Node.Refit(live, live.Shape.Footprint);

    private bool IsCurrent(Due due) => due.Kind switch
    {
        DueKind.Retry => Retrying.TryGetValue(due.Handle, out DateTimeOffset at) && at == due.At,
        DueKind.Timeout => Nodes.Find(due.Handle) is { Kill: null } live && live.Attempt.Fence == due.Fence && live.FrozenSince is null,
        DueKind.Probe => due.Class!.Breaker is { IsHalfOpen: false, ProbeFence: 0 } breaker && breaker.OpenUntil == due.At,
        DueKind.Settle => Nodes.Find(due.Handle) is { Unsettled: true } live && live.Attempt.Fence == due.Fence,
        DueKind.Limit => Locks[due.Handle].WakesAt == due.At,
        DueKind.CoolDown => Nodes.Find(new NodeId(due.Handle))?.Gates.CoolsUntil == due.At,
        _ => Nodes.Find(new NodeId(due.Handle))?.Gates.PausedUntil == due.At,
    };
}
