using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Watching;

/// <summary>What admission reckons a node with.</summary>
/// <param name="Reading">Its last reading; null while there is none.</param>
/// <param name="Capacity">What tasks may hold together; null = not bounded.</param>
/// <param name="Reserve">Never given to tasks; null while its memory is not known.</param>
/// <param name="Held">What live attempts count for.</param>
/// <param name="Owed">The part of <paramref name="Held"/> that they do not hold yet.</param>
/// <param name="BurstPool">Kept free for their bursts.</param>
/// <param name="Burst">What they may still burst by, together.</param>
/// <param name="Foreign">Used by others.</param>
/// <param name="Cores">Counted against; null = not bounded.</param>
/// <param name="Live">Attempts and leases on it.</param>
/// <param name="SlotsTaken">Those that count against the number of tasks at once.</param>
/// <param name="Gated">True while its guard lets nothing start.</param>
public sealed record NodeLoad(
    NodeId Node,
    bool IsUp,
    NodeSample? Reading,
    Bytes? Capacity,
    Bytes? Reserve,
    Bytes Held,
    Bytes Owed,
    Bytes BurstPool,
    Bytes Burst,
    Bytes Foreign,
    double? Cores,
    int Live,
    int SlotsTaken,
    int Frozen,
    bool Gated);
