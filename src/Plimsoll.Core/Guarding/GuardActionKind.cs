namespace Plimsoll.Core.Guarding;

/// <summary>What the guard of a node does; stored in the journal and never renumbered.</summary>
public enum GuardActionKind : byte
{
    /// <summary>Nothing starts any more. Of the node, not of an attempt.</summary>
    Gate = 0,

    /// <summary>Starts are allowed again. Of the node.</summary>
    Ungate = 1,

    /// <summary>Hold the next model requests of all attempts. Of the node.</summary>
    Hold = 2,

    /// <summary>Let the held model requests go. Of the node.</summary>
    Release = 3,

    /// <summary>Stop the attempt's whole tree.</summary>
    Freeze = 4,

    /// <summary>Let it go on.</summary>
    Thaw = 5,

    /// <summary>Give its cold pages back, where the kernel can; it is frozen.</summary>
    Reclaim = 6,

    /// <summary>Kill the attempt's whole tree at once; it will be started again.</summary>
    Evict = 7,
}
