using Plimsoll.Core.Guarding;
using Plimsoll.Core.Ports;

namespace Plimsoll.Engine.Loop;

/// <summary>Everything the loop talks to besides the kernel.</summary>
/// <param name="Observers">See facts once they are durable, in this order, before the effects of the same turns are performed.</param>
/// <param name="JournalTrouble">Told once when commits begin to fail, and with null when they work again.</param>
/// <param name="Calls">Questions from other threads.</param>
public sealed record LoopPorts(
    IJournal Journal,
    IAttemptExecutor Executor,
    IConditionEvaluator Conditions,
    IReadOnlyList<IFactObserver> Observers,
    Action<string?> JournalTrouble,
    LoopCalls Calls)
{
    /// <summary>Gets what the kernel publishes for the guard of the node.</summary>
    public Action<GuardView> Guard { get; init; } = static _ => { };
}
