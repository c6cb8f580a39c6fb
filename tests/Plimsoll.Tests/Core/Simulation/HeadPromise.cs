using Plimsoll.Core;
using Plimsoll.Core.Admission;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Lifecycle;
using Xunit;

namespace Plimsoll.Tests.Core.Simulation;

/// <summary>Holds the kernel to its promise: the head starts no later than with the last of the exits it first waited for.</summary>
/// <remarks>The promise ends when somebody better in order comes, also to one of its locks, or when the limits change.</remarks>
internal sealed class HeadPromise(Kernel kernel)
{
    private int head = -1;
    private HashSet<long> awaited = [];

    /// <summary>How often a promise was kept to the end.</summary>
    public int Kept { get; private set; }

    public void Check(Turn turn)
    {
        KernelState state = kernel.State;
        Reservation reservation = state.Reservation;
        foreach (AttemptFinished end in turn.Facts.OfType<AttemptFinished>())
        {
            awaited.Remove(end.Attempt.Fence);
        }

        if (head >= 0 && IsStillOwed(turn))
        {
            bool isOpen = AdmissionRule.GateOf(state, turn.Facts.Count > 0 ? turn.Facts[0].At : DateTimeOffset.MaxValue) == Gate.Open;
            Assert.False(awaited.Count == 0 && isOpen, $"{state.Tasks.Name(head)} still waits, though everything it waited for has ended.");
            if (awaited.Count > 0 || !isOpen)
            {
                return;
            }
        }

        head = reservation.Head;
        awaited = head < 0 ? [] : [.. state.Node.Live.Where(live => live.Awaited).Select(live => live.Attempt.Fence)];
    }

    private bool IsStillOwed(Turn turn)
    {
        KernelState state = kernel.State;
        if (state.Tasks.State(head) != TaskState.Ready)
        {
            Kept += state.Tasks.State(head) == TaskState.Admitted ? 1 : 0;
            return false;
        }

        if (turn.Facts.Any(fact => fact is LimitsChanged or PriorityChanged) || state.Queues.Of(head).Class.Breaker.IsHolding)
        {
            return false;
        }

        // A sleeper with an older or more urgent claim to one of its locks goes first.
        ShapeQueue shape = state.Queues.Of(head);
        if (shape.Place == ShapePlace.Lock && state.Locks[shape.SleepsAt].Sleepers.Min != shape)
        {
            return false;
        }

        // Somebody better in order was started or waits before it; between runs fairness decides.
        bool passedByBetter = turn.Facts.OfType<AttemptAdmitted>().Any(admitted => MayPrecede(state.Runs.Find(admitted.Attempt.Task)));
        bool betterHead = state.Reservation.Head >= 0 && state.Reservation.Head != head && MayPrecede(state.Reservation.Head);
        return !passedByBetter && !betterHead;
    }

    private bool MayPrecede(int other) =>
        kernel.State.Tasks.Run(other) != kernel.State.Tasks.Run(head) || kernel.State.Queues.Order.IsBefore(other, head);
}
