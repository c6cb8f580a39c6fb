namespace Plimsoll.Core.Lifecycle;

/// <summary>What the evidence says memory had to do with an attempt's end; stored in the journal and never renumbered.</summary>
public enum MemoryEnd : byte
{
    /// <summary>Nothing that was seen.</summary>
    None = 0,

    /// <summary>The kernel killed it for exceeding its own limit.</summary>
    OwnLimit = 1,

    /// <summary>The kernel killed it because the host had run out of memory.</summary>
    HostKiller = 2,

    /// <summary>Its own runtime gave up (V8, .NET, Java, Python): recognised by exit code and the end of its stderr.</summary>
    HeapAbort = 3,
}
