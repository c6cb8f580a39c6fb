namespace Plimsoll.Core.Capacity;

/// <summary>How a task holds a named lock.</summary>
public enum LockMode : byte
{
    Exclusive = 0,
    Shared = 1,

    /// <summary>Takes units from a counted lock.</summary>
    Counted = 2,
}
