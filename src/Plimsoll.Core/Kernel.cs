using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;

namespace Plimsoll.Core;

/// <summary>Owns all scheduling state and decides; pure, synchronous, deterministic: time and seed are arguments.</summary>
/// <remarks>One caller at a time. Never does I/O. State changes only by folding facts.</remarks>
public sealed class Kernel
{
    public Kernel(KernelStart start) => _ = start;

    /// <summary>Folds the inputs, decides what may start and returns the facts and effects of the turn.</summary>
    /// <param name="now">Never earlier than in the call before.</param>
    public Turn Apply(ReadOnlySpan<Input> inputs, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Recovery: takes a fact from the journal, in journal order, without deciding anything.</summary>
    public void Fold(Fact fact) => throw new NotSupportedException();

    /// <summary>Why a task is not running (or what it is doing), with numbers; a query over the state of the last turn.</summary>
    public Explanation Explain(TaskId task, DateTimeOffset now) => throw new NotSupportedException();

    /// <summary>Counts, live attempts and the first waiting tasks, in O(live + shapes that have ready tasks + <paramref name="waiting"/>).</summary>
    public KernelSnapshot Snapshot(DateTimeOffset now, int waiting) => throw new NotSupportedException();

    /// <summary>Attempts that hold capacity, oldest fence first: after recovery, those whose end was not recorded.</summary>
    public IReadOnlyList<AttemptId> LiveAttempts() => throw new NotSupportedException();

    /// <summary>Why a task of this shape can never run under these limits, with numbers; null when it can.</summary>
    /// <param name="sample">The node's memory; null when it is not known.</param>
    public static WaitReason? NeverFits(TaskShape shape, KernelLimits limits, MemorySample? sample) => throw new NotSupportedException();
}
