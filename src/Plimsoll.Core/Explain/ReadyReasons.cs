using System.Collections.Immutable;
using System.Globalization;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Explain;

/// <summary>Why a ready task has not started: everything that stands in its way, what decides first.</summary>
internal sealed class ReadyReasons(KernelState state, DateTimeOffset now)
{
    private NodeLedger node = state.Node;
    private MemoryReasons memory = new(state, state.Node, now);

    public ImmutableArray<WaitReason> Of(int handle)
    {
        ShapeQueue shape = state.Queues.Of(handle);
        node = state.Placement.ReferenceFor(shape);
        memory = new MemoryReasons(state, node, now);
        var reasons = ImmutableArray.CreateBuilder<WaitReason>();
        Gate gate = AdmissionRule.GateOf(state, node, now, shape.Shape.Lease);
        if (gate == Gate.Paused)
        {
            reasons.Add(Of(gate));
        }

        Add(reasons, NeverRule.Judge(shape.Shape, node.Limits, node.Sample));
        Add(reasons, memory.Never(shape));
        Add(reasons, shape.Class.Breaker.IsHolding ? Breaker(shape) : null);
        Add(reasons, shape.Class.IsFull ? MemoryReasons.Width(shape) : null);
        Add(reasons, Lock(shape));
        Add(reasons, gate is Gate.Open or Gate.Paused ? null : Of(gate));
        Add(reasons, Of(AdmissionRule.FitOf(state.Reservation, node, shape), shape));
        if (reasons.Count == 0 || shape.Head != handle)
        {
            reasons.Add(Order(shape, handle));
        }

        return reasons.ToImmutable();
    }

    private static void Add(ImmutableArray<WaitReason>.Builder reasons, WaitReason? reason)
    {
        if (reason is not null)
        {
            reasons.Add(reason);
        }
    }

    private WaitReason Of(Gate gate)
    {
        int live = node.SlotsTaken;
        switch (gate)
        {
            case Gate.Paused:
                return new WaitReason("paused", $"starting is paused: {state.IntakeReason}", null, null, "starting being resumed");
            case Gate.Exclusive:
                string name = state.Tasks.Name(node.Live[0].Handle);
                return new WaitReason("exclusive", $"{name} runs alone", "another node, or its end", null, $"the end of {name}");
            case Gate.Concurrency:
                int limit = ConcurrencyRule.Limit(node.Limits, node.Sample);
                return new WaitReason("concurrency", $"{live} of at most {limit} tasks run", "1 slot", $"{limit - live} slots", "the end of a task");
            case Gate.PausedAbove:
                double share = node.Sample is { } sample ? AdmissionRule.UsedShare(sample) : 0;
                double above = state.Limits.Concurrency.PauseAbove ?? 1;
                string message = $"{share:P0} of memory is used, starting pauses above {above:P0}";
                return new WaitReason("paused", message, $"at most {above:P0} used", $"{share:P0} used", "memory being freed");
            case Gate.Gone:
                return new WaitReason("node", "no node is there", "a node", "0 nodes", "a node");
            default:
                return memory.Of(gate);
        }
    }

    private static WaitReason Breaker(ShapeQueue shape)
    {
        string name = shape.Class.Name;
        return shape.Class.Breaker is { ProbeFence: 0, OpenUntil: { } until }
            ? new WaitReason("breaker", $"class {name} keeps failing and is held", null, null, $"a probe at {until:O}")
            : new WaitReason("breaker", $"class {name} keeps failing; one probe runs", null, null, "the success of the probe");
    }

    private WaitReason? Lock(ShapeQueue shape)
    {
        int id = shape.Place == ShapePlace.Lock
            ? shape.SleepsAt
            : state.Locks.Obstacle(shape, state.Tasks.Priority[shape.Head], state.Reservation.Shape == shape ? shape : null, now);
        if (id < 0)
        {
            return null;
        }

        LockState held = state.Locks[id];
        LockClaim claim = LockTable.ClaimOf(shape, held);
        if (held.Kind != LockKind.Held)
        {
            return held.Kind == LockKind.Limit ? LimitReasons.OfLimit(held, claim, now) : LimitReasons.OfQuota(held);
        }

        string needed = claim.Mode == LockMode.Counted ? $"{claim.Units} units" : claim.Mode == LockMode.Shared ? "shared" : "alone";
        string available = held switch
        {
            { ExclusiveHolders: > 0 } => "held by one task alone",
            { SharedHolders: > 0 } => $"shared by {held.SharedHolders} tasks",
            { UnitsTaken: > 0 } => $"{held.Units - held.UnitsTaken} of {held.Units} units free",
            _ => "free, and promised to a task before it",
        };
        return new WaitReason("lock", $"lock {held.Name} is {available}", needed, available, $"a change of lock {held.Name}");
    }

    private WaitReason? Of(Fit fit, ShapeQueue shape) => fit switch
    {
        Fit.NotAlone => new WaitReason(
            "exclusive", $"it runs alone and {node.Live.Count} tasks are alive", "an empty node", $"{node.Live.Count} live", "their end"),
        Fit.Labels => new WaitReason("node", $"no node that is there has {string.Join(" and ", shape.Shape.Requires)}", string.Join(", ", shape.Shape.Requires), null, "such a node"),
        Fit.TooSmall => memory.TooSmall(shape),
        Fit.Memory => memory.Of(shape),
        Fit.Probes => memory.Probes(),
        Fit.StartGate => memory.StartGate(shape),
        Fit.Cores => new WaitReason(
            "cpu",
            $"needs {Cores(shape.MilliCores)} cores, {Cores(AdmissionRule.RoomMilliCores(node))} are free",
            Cores(shape.MilliCores),
            Cores(AdmissionRule.RoomMilliCores(node)),
            "the end of a task that claims cores"),
        Fit.Reserved => Reserved(),
        _ => null,
    };

    private WaitReason Reserved()
    {
        string name = state.Tasks.Name(state.Reservation.Head);
        string message = $"it fits, but {name} is first in line and waits for {state.Reservation.Node.AwaitedCount} tasks to end";
        return new WaitReason("head", message, null, null, $"the start of {name}");
    }

    private WaitReason Order(ShapeQueue shape, int handle) => shape.Head != handle
        ? new WaitReason("order", $"{state.Tasks.Name(shape.Head)} of the same shape is before it", null, null, "its turn")
        : new WaitReason("order", "others are before it", null, null, "its turn");

    private static string Cores(long milliCores) =>
        (Math.Max(0, milliCores) / 1000.0).ToString("0.###", CultureInfo.InvariantCulture);
}
