namespace Plimsoll.Daemon.Access;

/// <summary>What a caller may do; each includes those before it.</summary>
internal enum AccessScope
{
    /// <summary>Ask for health, and submit to configured templates.</summary>
    None = 0,

    /// <summary>See everything.</summary>
    Read = 1,

    /// <summary>Submit tasks and plans, send messages, take leases; cancel, retry and reorder tasks (a task: those of its own sub-tree).</summary>
    Submit = 2,

    /// <summary>Everything else: limits, pause, drain, tokens.</summary>
    Admin = 3,
}
