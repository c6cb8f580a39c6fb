using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>The comparisons of admission: the decision and its explanation both ask here.</summary>
internal static class AdmissionRule
{
    public const int FreshProbePlaces = 4;
    public const double MostSwapShare = 0.5;
    private const int LeastHeavyStarts = 4;

    public static Gate GateOf(KernelState state, DateTimeOffset now) => GateOf(state, state.Nodes.Local, now);

    /// <param name="lease">What asks: a lease needs no slot, and that of a task may start beside one that runs alone.</param>
    public static Gate GateOf(KernelState state, NodeLedger node, DateTimeOffset now, LeaseKind? lease = null)
    {
        if (state.IntakePaused)
        {
            return Gate.Paused;
        }

        if (!node.IsUp)
        {
            return Gate.Gone;
        }

        if (node.IsExclusive && lease != LeaseKind.Task)
        {
            return Gate.Exclusive;
        }

        if (lease is null && node.SlotsTaken >= ConcurrencyRule.Limit(node.Limits, node.Sample))
        {
            return Gate.Concurrency;
        }

        if (node.Gates.IsGuarded || node.FrozenCount > 0)
        {
            return node.FrozenCount > 0 ? Gate.Frozen : Gate.Guarded;
        }

        if (now < node.Gates.CoolsUntil)
        {
            return Gate.CoolDown;
        }

        // Swap that is full while nothing of ours lives is not ours to free: waiting would be for ever.
        if (node.Live.Count > 0 && node.MemoryMode == MemoryMode.Sampled && SwapShare(node) >= MostSwapShare)
        {
            return Gate.Swap;
        }

        return now < node.Gates.PausedUntil || IsAbove(node.Limits, node.Sample) ? Gate.PausedAbove : Gate.Open;
    }

    public static bool IsAbove(KernelLimits limits, MemorySample? sample) =>
        limits.Concurrency.PauseAbove is { } share && sample is { } read && UsedShare(read) > share;

    public static double UsedShare(MemorySample sample) =>
        sample.Limit.Value <= 0 ? 0 : 1 - (sample.Free.Value / (double)sample.Limit.Value);

    public static double SwapShare(NodeLedger node) =>
        node.Reading is { Swap: { Total.Value: > 0 } swap } ? swap.Used.Value / (double)swap.Total.Value : 0;

    /// <summary>Places in the start gate: twice the cores, at least 4.</summary>
    public static int HeavyStartPlaces(NodeLedger node) =>
        Math.Max(LeastHeavyStarts, (int)(2 * (node.Limits.Node.Cores ?? node.Reading?.Cores ?? 0)));

    /// <summary>True when the class of such a candidate may have one more start in progress.</summary>
    public static bool HasPlace(NodeLedger node, in CandidateKey key) =>
        !(key.Fresh && node.FreshProbes >= FreshProbePlaces) && !(key.Gated && node.HeavyStarts >= HeavyStartPlaces(node));

    /// <summary>The largest settled need that fits an empty node now: U + S + s &lt;= capacity.</summary>
    public static long EmptyRoomBytes(NodeLedger node, in CandidateKey key) => node.EmptyRoomBytes - key.Mapped;

    /// <summary>The largest settled need that fits beside everything alive: U + sum c + S + B + s &lt;= capacity.</summary>
    public static long RoomBytes(NodeLedger node, in CandidateKey key) => node.Live.Count == 0
        ? EmptyRoomBytes(node, key)
        : node.EmptyRoomBytes - node.SharedBytes - node.ExtraShared(key) - node.HeldWith(key);

    public static long RoomMilliCores(NodeLedger node) => node.MilliCores - node.HeldMilliCores;

    public static bool HasLabels(NodeLedger node, ulong labels) => (labels & ~node.Labels) == 0;

    /// <summary>The largest settled need of such a candidate that may start now as the first in order; below 0 is none.</summary>
    public static long HeadLimit(NodeLedger node, in CandidateKey key)
    {
        if (!HasLabels(node, key.Labels) || !HasPlace(node, key) || key.MilliCores > node.MilliCores)
        {
            return -1;
        }

        // What would not even fit an empty node now waits for memory that others use and claims nothing.
        return EmptyRoomBytes(node, key);
    }

    /// <summary>The largest settled need of such a candidate that may pass the head on the node kept for that; below 0 is none.</summary>
    public static long PassLimit(Reservation reservation, in CandidateKey key)
    {
        NodeLedger node = reservation.Node;
        if (key.IsExclusive || !HasLabels(node, key.Labels) || !HasPlace(node, key)
            || key.MilliCores > Math.Min(RoomMilliCores(node), reservation.MilliCoresBeside(node.MilliCores)))
        {
            return -1;
        }

        return Math.Min(RoomBytes(node, key), reservation.BytesBeside(node.EmptyRoomBytes, key));
    }

    /// <summary>Whether a shape fits beside everything that is alive on a node, and beside the head's claim there unless it is the head.</summary>
    public static Fit FitOf(Reservation reservation, NodeLedger node, ShapeQueue shape)
    {
        if (!HasLabels(node, shape.Labels))
        {
            return Fit.Labels;
        }

        if (shape.Key.WholeBytes > node.CapacityBytes)
        {
            return Fit.TooSmall;
        }

        if (shape.IsExclusive && node.Live.Count > 0)
        {
            return Fit.NotAlone;
        }

        if (shape.Key.Fresh && !HasPlace(node, shape.Key))
        {
            return Fit.Probes;
        }

        if (shape.NeedBytes > RoomBytes(node, shape.Key))
        {
            return Fit.Memory;
        }

        if (shape.MilliCores > RoomMilliCores(node))
        {
            return Fit.Cores;
        }

        if (!HasPlace(node, shape.Key))
        {
            return Fit.StartGate;
        }

        return reservation.Shape is { } head && head != shape && reservation.Node == node && !FitsBeside(reservation, shape) ? Fit.Reserved : Fit.Fits;
    }

    private static bool FitsBeside(Reservation reservation, ShapeQueue shape) =>
        !reservation.Shape!.IsExclusive
        && shape.NeedBytes <= reservation.BytesBeside(reservation.Node.EmptyRoomBytes, shape.Key)
        && shape.MilliCores <= reservation.MilliCoresBeside(reservation.Node.MilliCores);
}
