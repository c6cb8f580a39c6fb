namespace Plimsoll.Daemon.Access;

/// <summary>What a caller may do; each includes those before it.</summary>
internal enum AccessScope
{
    /// <summary>Ask for health, and submit to configured templates.</summary>
    None = 0,

    /// <summary>See everything.</summary>
    Read = 1,

    /// <summary>Submit tasks and plans, send messages, take leases; change and end what it submitted.</summary>
    Submit = 2,

    /// <summary>Everything else: cancel and retry what others submitted, limits, pause, drain, tokens.</summary>
    Admin = 3,
}
