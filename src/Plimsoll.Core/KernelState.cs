using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
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
        Queues = new ReadyQueues(new ReadyOrder(Tasks), Locks);
        Timers = new DueTimers(IsCurrent);
        Reservation = new Reservation(Node, Locks);
    }

    public ulong Seed { get; }

    public long NextFence { get; set; }

    public TaskTable Tasks { get; } = new();

    public RunTable Runs { get; }

    public LockTable Locks { get; } = new();

    public ReadyQueues Queues { get; }

    public NodeLedger Node { get; } = new();

    /// <summary>What the head waits for; a decision that is made anew after recovery, not a fact.</summary>
    public Reservation Reservation { get; }

    public DueTimers Timers { get; }

    public List<TaskPolicy> Policies { get; } = [];

    /// <summary>When each task in backoff may be tried again.</summary>
    public Dictionary<int, DateTimeOffset> Retrying { get; } = [];

    public KernelLimits Limits { get; set; } = KernelLimits.Default;

    public bool IntakePaused { get; set; }

    public string IntakeReason { get; set; } = "";

    /// <summary>Waiting tasks whose hard need did not succeed, with that need: to be skipped in this turn.</summary>
    public Queue<(int Task, int Cause)> Doomed { get; } = new();

    /// <summary>Tasks whose needs have ended and whose condition is to be asked for in this turn.</summary>
    public Queue<int> Conditions { get; } = new();

    /// <summary>Runs that may have finished in this turn.</summary>
    public Queue<RunState> Finishing { get; } = new();

    public MemoryMode MemoryMode => MemoryRule.Mode(Limits, Node.Sample);

    /// <summary>What our tasks may hold together now, were there none: the node's capacity less what others use.</summary>
    public long EmptyRoomBytes => MemoryRule.CapacityBytes(Limits, Node.Sample)
        - (MemoryMode == MemoryMode.Sampled ? Node.ForeignBytes : 0);

    public long MilliCores => Limits.Node.Cores is { } cores ? (long)Math.Round(cores * 1000) : MemoryRule.Unlimited;

    public TaskPolicy PolicyOf(int handle) => Policies[Tasks.Policy[handle]];

    /// <summary>Gives every shape the need that follows from the limits, the samples and what was learned.</summary>
    public void ResizeAll()
    {
        MemoryMode mode = MemoryMode;
        foreach (ShapeQueue shape in Queues.Shapes)
        {
            Queues.Resize(shape, MemoryRule.NeedBytes(shape.Shape, shape.Class.PeakBytes, mode));
        }
    }

    /// <summary>Looks again at every shape of a class whose breaker has changed.</summary>
    public void SettleAll(ClassState owner)
    {
        foreach (ShapeQueue shape in owner.Shapes)
        {
            Queues.Settle(shape);
        }
    }

    private bool IsCurrent(Due due) => due.Kind switch
    {
        DueKind.Retry => Retrying.TryGetValue(due.Handle, out DateTimeOffset at) && at == due.At,
        DueKind.Timeout => Node.Find(due.Handle) is { Kill: null } live && live.Attempt.Fence == due.Fence,
        DueKind.Probe => due.Class!.Breaker is { IsHalfOpen: false, ProbeFence: 0 } breaker && breaker.OpenUntil == due.At,
        _ => Node.PausedUntil == due.At,
    };
}
