using Plimsoll.Core.Identity;

namespace Plimsoll.Gateway.Callers;

/// <summary>On whose behalf a request is made.</summary>
/// <param name="Name">Shown to people: the task's name, or that of a configured key.</param>
/// <param name="Attempt">Null for a caller that is no task.</param>
/// <param name="Priority">Higher is served first.</param>
/// <param name="Weight">Share among equals, above zero.</param>
public sealed record Caller(string Name, AttemptId? Attempt, int Priority = 0, double Weight = 1)
{
    /// <summary>What callers of the same kind have in common, for learning: the footprint class or the agent.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Spent by earlier attempts of its task, in millionths of a US dollar; counts towards the task's budget.</summary>
    public long SpentMicroDollars { get; init; }
}
