using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Admission;

/// <summary>The comparisons of admission: the decision and its explanation both ask here.</summary>
internal static class AdmissionRule
{
    public static Gate GateOf(KernelState state, DateTimeOffset now)
    {
        if (state.IntakePaused)
        {
            return Gate.Paused;
        }

        if (state.Node.IsExclusive)
        {
            return Gate.Exclusive;
        }

        if (state.Node.Live.Count >= ConcurrencyRule.Limit(state.Limits, state.Node.Sample))
        {
            return Gate.Concurrency;
        }

        return now < state.Node.PausedUntil || IsAbove(state.Limits, state.Node.Sample) ? Gate.PausedAbove : Gate.Open;
    }

    public static bool IsAbove(KernelLimits limits, MemorySample? sample) =>
        limits.Concurrency.PauseAbove is { } share && sample is { } read && UsedShare(read) > share;

    public static double UsedShare(MemorySample sample) =>
        sample.Limit.Value <= 0 ? 0 : 1 - (sample.Free.Value / (double)sample.Limit.Value);

    /// <summary>Memory free for a start: what is left beside all live attempts.</summary>
    public static long RoomBytes(KernelState state) => state.EmptyRoomBytes - state.Node.HeldBytes;

    public static long RoomMilliCores(KernelState state) => state.MilliCores - state.Node.HeldMilliCores;

    /// <summary>Whether a shape fits beside everything that is alive, and beside the head's claim unless it is the head.</summary>
    public static Fit FitOf(KernelState state, ShapeQueue shape)
    {
        if (shape.IsExclusive && state.Node.Live.Count > 0)
        {
            return Fit.NotAlone;
        }

        if (shape.NeedBytes > RoomBytes(state))
        {
            return Fit.Memory;
        }

        if (shape.MilliCores > RoomMilliCores(state))
        {
            return Fit.Cores;
        }

        return state.Reservation.Shape is { } head && head != shape && !FitsBeside(state, shape) ? Fit.Reserved : Fit.Fits;
    }

    private static bool FitsBeside(KernelState state, ShapeQueue shape) =>
        !state.Reservation.Shape!.IsExclusive
        && shape.NeedBytes <= state.Reservation.BytesBeside(state.EmptyRoomBytes)
        && shape.MilliCores <= state.Reservation.MilliCoresBeside(state.MilliCores);
}
