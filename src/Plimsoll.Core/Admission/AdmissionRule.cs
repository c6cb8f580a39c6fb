using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>The comparisons of admission: the decision and its explanation both ask here.</summary>
internal static class AdmissionRule
{
    public const int FreshProbePlaces = 4;
    public const double MostSwapShare = 0.5;
    private const int LeastHeavyStarts = 4;

    public static Gate GateOf(KernelState state, DateTimeOffset now)
    {
        NodeLedger node = state.Node;
        if (state.IntakePaused)
        {
            return Gate.Paused;
        }

        if (node.IsExclusive)
        {
            return Gate.Exclusive;
        }

        if (node.Live.Count >= ConcurrencyRule.Limit(state.Limits, node.Sample))
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
        if (node.Live.Count > 0 && state.MemoryMode == MemoryMode.Sampled && SwapShare(node) >= MostSwapShare)
        {
            return Gate.Swap;
        }

        return now < node.Gates.PausedUntil || IsAbove(state.Limits, node.Sample) ? Gate.PausedAbove : Gate.Open;
    }

    public static bool IsAbove(KernelLimits limits, MemorySample? sample) =>
        limits.Concurrency.PauseAbove is { } share && sample is { } read && UsedShare(read) > share;

    public static double UsedShare(MemorySample sample) =>
        sample.Limit.Value <= 0 ? 0 : 1 - (sample.Free.Value / (double)sample.Limit.Value);

    public static double SwapShare(NodeLedger node) =>
        node.Reading is { Swap: { Total.Value: > 0 } swap } ? swap.Used.Value / (double)swap.Total.Value : 0;

    /// <summary>Places in the start gate: twice the cores, at least 4.</summary>
    public static int HeavyStartPlaces(KernelState state) =>
        Math.Max(LeastHeavyStarts, (int)(2 * (state.Limits.Node.Cores ?? state.Node.Reading?.Cores ?? 0)));

    /// <summary>True when the class of such a candidate may have one more start in progress.</summary>
    public static bool HasPlace(KernelState state, in CandidateKey key) =>
        !(key.Fresh && state.Node.FreshProbes >= FreshProbePlaces) && !(key.Gated && state.Node.HeavyStarts >= HeavyStartPlaces(state));

    /// <summary>The largest settled need that fits an empty node now: U + S + s &lt;= capacity.</summary>
    public static long EmptyRoomBytes(KernelState state, in CandidateKey key) => state.EmptyRoomBytes - key.Mapped;

    /// <summary>The largest settled need that fits beside everything alive: U + sum c + S + B + s &lt;= capacity.</summary>
    public static long RoomBytes(KernelState state, in CandidateKey key) => state.Node.Live.Count == 0
        ? EmptyRoomBytes(state, key)
        : state.EmptyRoomBytes - state.Node.SharedBytes - state.Node.ExtraShared(key) - state.Node.HeldWith(key);

    public static long RoomMilliCores(KernelState state) => state.MilliCores - state.Node.HeldMilliCores;

    /// <summary>The largest settled need of such a candidate that may start now as the first in order; below 0 is none.</summary>
    public static long HeadLimit(KernelState state, in CandidateKey key)
    {
        if (!HasPlace(state, key) || key.MilliCores > state.MilliCores)
        {
            return -1;
        }

        // What would not even fit an empty node now waits for memory that others use and claims nothing.
        return EmptyRoomBytes(state, key);
    }

    /// <summary>The largest settled need of such a candidate that may pass the head; below 0 is none.</summary>
    public static long PassLimit(KernelState state, in CandidateKey key)
    {
        Reservation reservation = state.Reservation;
        if (key.IsExclusive || !HasPlace(state, key)
            || key.MilliCores > Math.Min(RoomMilliCores(state), reservation.MilliCoresBeside(state.MilliCores)))
        {
            return -1;
        }

        return Math.Min(RoomBytes(state, key), reservation.BytesBeside(state.EmptyRoomBytes, key));
    }

    /// <summary>Whether a shape fits beside everything that is alive, and beside the head's claim unless it is the head.</summary>
    public static Fit FitOf(KernelState state, ShapeQueue shape)
    {
        if (shape.IsExclusive && state.Node.Live.Count > 0)
        {
            return Fit.NotAlone;
        }

        if (shape.Key.Fresh && !HasPlace(state, shape.Key))
        {
            return Fit.Probes;
        }

        if (shape.NeedBytes > RoomBytes(state, shape.Key))
        {
            return Fit.Memory;
        }

        if (shape.MilliCores > RoomMilliCores(state))
        {
            return Fit.Cores;
        }

        if (!HasPlace(state, shape.Key))
        {
            return Fit.StartGate;
        }

        return state.Reservation.Shape is { } head && head != shape && !FitsBeside(state, shape) ? Fit.Reserved : Fit.Fits;
    }

    private static bool FitsBeside(KernelState state, ShapeQueue shape) =>
        !state.Reservation.Shape!.IsExclusive
        && shape.NeedBytes <= state.Reservation.BytesBeside(state.EmptyRoomBytes, shape.Key)
        && shape.MilliCores <= state.Reservation.MilliCoresBeside(state.MilliCores);
}
