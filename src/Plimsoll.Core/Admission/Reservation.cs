using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Admission;

/// <summary>The claim of the task at the head that does not fit yet: whose exits it waits for, and what others may still take beside it.</summary>
/// <remarks>
/// EASY backfilling (D. Lifka, "The ANL/IBM SP scheduling system", 1995) made independent of run time estimates: the exits waited for are
/// chosen once, in the expected order, and kept. Whoever passes must fit beside the head's whole need and everything that is not awaited, so
/// however long it lives, the head starts no later than with the last awaited exit. The locks of the head are kept for it as well.
/// </remarks>
internal sealed class Reservation(NodeLedger local, LockTable locks)
{
    /// <summary>The node that is kept for the head; among several the one chosen when the claim was made.</summary>
    public NodeLedger Node { get; private set; } = local;

    public ShapeQueue? Shape { get; private set; }

    /// <summary>The task it is for, or -1.</summary>
    public int Head { get; private set; } = -1;

    public void Clear()
    {
        if (Shape is null)
        {
            return;
        }

        foreach (AttemptLease live in Node.Live)
        {
            Node.Await(live, false);
        }

        locks.Unsettle(Shape);
        Shape = null;
        Head = -1;
    }

    /// <summary>Drops a claim whose shape is no longer a candidate; within a shape it passes to the new head, which needs the same.</summary>
    public void DropIfStale()
    {
        if (Shape is { Place: not ShapePlace.Candidate })
        {
            Clear();
        }

        Head = Shape?.Head ?? -1;
    }

    /// <summary>Makes or renews the claim of a shape's head; awaits further exits only when those awaited no longer suffice.</summary>
    public void Ensure(ShapeQueue shape, NodeLedger on)
    {
        if (Shape != shape || Node != on)
        {
            Clear();
            Node = on;
            Shape = shape;
            Head = shape.Head;
            locks.Ticket(shape);
        }

        while ((shape.IsExclusive || BytesBeside(on.EmptyRoomBytes, default) < 0 || MilliCoresBeside(on.MilliCores) < 0) && NextExit() is { } next)
        {
            Node.Await(next, true);
        }
    }

    /// <summary>Settled memory that is left for such a candidate once the awaited exits have happened and the head has started.</summary>
    public long BytesBeside(long emptyBytes, in CandidateKey key) =>
        emptyBytes - Node.SharedBytes - Node.ExtraShared(Shape!.Key) - Node.ExtraShared(key) - Node.HeldBesideHead(Shape!, key);

    /// <summary>Cores that are left then.</summary>
    public long MilliCoresBeside(long milliCores) => milliCores - Shape!.MilliCores - (Node.HeldMilliCores - Node.AwaitedMilliCores);

    private AttemptLease? NextExit()
    {
        AttemptLease? next = null;
        foreach (AttemptLease live in Node.Live)
        {
            if (!live.Awaited && (next is null || ExpectedExit(live) < ExpectedExit(next)))
            {
                next = live;
            }
        }

        return next;
    }

    private static DateTimeOffset ExpectedExit(AttemptLease live) =>
        live.Shape.Class.LongestDuration is { } longest && longest < DateTimeOffset.MaxValue - live.Began
            ? live.Began + longest
            : DateTimeOffset.MaxValue;
}
