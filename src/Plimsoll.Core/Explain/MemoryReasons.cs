using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>The load line's own reasons, with the numbers of its comparison.</summary>
internal sealed class MemoryReasons(KernelState state, NodeLedger node, DateTimeOffset now)
{
    private long CapacityBytes => node.CapacityBytes;

    /// <summary>What is learned can exceed the node as well as what is declared.</summary>
    public WaitReason? Never(ShapeQueue shape)
    {
        long needed = shape.NeedBytes + shape.Key.Mapped;
        return shape.Shape.Memory is { } declared && declared.Value > CapacityBytes || needed <= CapacityBytes
            ? null
            : new WaitReason(
                "never",
                $"needs {Text(needed)} by what was learned of class {shape.Class.Name}, an empty node has {Text(CapacityBytes)}",
                Text(needed),
                Text(CapacityBytes),
                "other limits, or a smaller task");
    }

    /// <summary>U + sum c + S + B + s against the capacity.</summary>
    public WaitReason Of(ShapeQueue shape)
    {
        long needed = shape.NeedBytes;
        long room = AdmissionRule.RoomBytes(node, shape.Key);
        bool foreign = needed > AdmissionRule.EmptyRoomBytes(node, shape.Key);
        string released = foreign ? "others freeing memory" : "the end of a task";
        long extra = node.ExtraShared(shape.Key);
        long pool = node.HeldWith(shape.Key) - node.HeldBytes;
        string bursts = pool > 0 && node.Live.Count > 0 ? $", {Text(pool)} for bursts" : "";
        string shared = node.SharedBytes + extra > 0 ? $", {Text(node.SharedBytes + extra)} for shared pages" : "";
        string message = $"needs {Text(needed)}, {Text(room)} of {Text(CapacityBytes)} is left: "
            + $"{Text(node.HeldBytes)} for live tasks{bursts}{shared}, {Text(node.ForeignBytes)} used by others";
        return new WaitReason("memory", message, Text(needed), Text(room), released);
    }

    /// <summary>It ran short with all of a larger node.</summary>
    public WaitReason TooSmall(ShapeQueue shape)
    {
        string needed = Text(shape.Key.WholeBytes);
        return new WaitReason("memory", $"it ran out of memory before and gets a whole node of at least {needed}; the node that is there has {Text(CapacityBytes)}", needed, Text(CapacityBytes), "such a node");
    }

    public WaitReason Probes()
    {
        string message = $"nothing is known of its class, and {node.FreshProbes} of at most {AdmissionRule.FreshProbePlaces} such first tries have not settled";
        return new WaitReason("probe", message, "1 place", $"{AdmissionRule.FreshProbePlaces - node.FreshProbes} places", "one of them settling or ending");
    }

    public WaitReason StartGate(ShapeQueue shape)
    {
        int places = AdmissionRule.HeavyStartPlaces(node);
        string message = $"starts of class {shape.Class.Name} take {shape.Class.StartCpu.TotalSeconds:0.##} s of a core, and {node.HeavyStarts} of at most {places} are in progress";
        return new WaitReason("start_gate", message, "1 place", $"{places - node.HeavyStarts} places", "one of them settling or ending");
    }

    public static WaitReason Width(ShapeQueue shape)
    {
        ClassState owner = shape.Class;
        return owner.LiveCount >= owner.Width
            ? new WaitReason("sequential", $"class {owner.Name} ran out of memory before: {owner.LiveCount} of at most {owner.Width} run", "1 place", $"{owner.Width - owner.LiveCount} places", "a success of the class")
            : new WaitReason("probe", $"no task of class {owner.Name} has ended yet, and {owner.UnsettledProbes} of at most {owner.ProbeWidth} have not settled", "1 place", $"{owner.ProbeWidth - owner.UnsettledProbes} places", "one of them settling or ending");
    }

    public WaitReason Of(Gate gate)
    {
        string free = node.Sample is { } sample ? sample.Free.ToString() : "0";
        string reserve = node.Sample is { } read ? state.Limits.ReserveOf(read.Limit).ToString() : "0";
        switch (gate)
        {
            case Gate.Frozen:
                return new WaitReason("frozen", $"{node.FrozenCount} tasks are frozen because memory is short; they go on first", $"{reserve} free", $"{free} free", "their going on");
            case Gate.Guarded:
                return new WaitReason("guard", $"{free} of the node's memory is free, less than the reserve of {reserve}", $"{reserve} free", $"{free} free", "memory being freed");
            case Gate.CoolDown:
                double seconds = Math.Max(0, (node.Gates.CoolsUntil - now).TotalSeconds);
                return new WaitReason("cool_down", $"a task was evicted; nothing starts for {seconds:0.#} s", null, null, $"the time {node.Gates.CoolsUntil:O}");
            default:
                string used = $"{AdmissionRule.SwapShare(node):P0} used";
                return new WaitReason("swap", $"{used} of the swap space, starting stops at {AdmissionRule.MostSwapShare:P0}", $"less than {AdmissionRule.MostSwapShare:P0} used", used, "swap space being freed");
        }
    }

    private static string Text(long bytes) => new Bytes(Math.Max(0, bytes)).ToString();
}
