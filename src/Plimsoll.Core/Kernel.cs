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
    public Explain.Explanation Explain(TaskId task, DateTimeOffset now) => throw new NotSupportedException();
}
