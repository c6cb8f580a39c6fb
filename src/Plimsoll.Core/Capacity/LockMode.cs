namespace Plimsoll.Core.Capacity;

/// <summary>How a task holds a named lock.</summary>
public enum LockMode : byte
{
    Exclusive = 0,
    Shared = 1,

    /// <summary>Takes units from a counted lock.</summary>
    Counted = 2,

    /// <summary>Takes units from the limit of a service outside when it starts; they come back with time, not with its end.</summary>
    Drawn = 3,

    /// <summary>Is one of the agents that the quota of a model provider can feed. Several providers that can stand for each other are one name, joined by <c>|</c>.</summary>
    Fed = 4,
}
