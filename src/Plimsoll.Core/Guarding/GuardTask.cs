using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Guarding;

/// <summary>What the guard knows of a live attempt besides its readings.</summary>
/// <param name="Settled">What attempts of its class hold when they are just working.</param>
/// <param name="Burst">What they may hold above that.</param>
/// <param name="Known">False while no attempt of its class has completed: then the two numbers above bound nothing.</param>
/// <param name="Priority">Larger is evicted later.</param>
/// <param name="Began">What it would have to do again counts from here.</param>
/// <param name="Tokens">Model tokens spent by the attempt; null = not counted.</param>
/// <param name="Money">Spent by the attempt, in the currency of the configuration; null = not counted.</param>
/// <param name="Ending">The kernel has asked for its end already.</param>
public readonly record struct GuardTask(
    AttemptId Attempt,
    Bytes Settled,
    Bytes Burst,
    bool Known,
    int Priority,
    DateTimeOffset Began,
    long? Tokens,
    double? Money,
    bool Ending);
