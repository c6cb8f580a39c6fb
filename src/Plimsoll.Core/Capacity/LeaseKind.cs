namespace Plimsoll.Core.Capacity;

/// <summary>Whose capacity a lease holds: something that is no process of ours, so it takes no slot and starts nothing.</summary>
public enum LeaseKind : byte
{
    /// <summary>Held by a program beside our tasks; it does not start beside a task that runs alone.</summary>
    Outside = 0,

    /// <summary>Held by a task that lives, in addition to its own reservation.</summary>
    Task = 1,
}
