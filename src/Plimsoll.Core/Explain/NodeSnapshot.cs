using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>A machine that runs tasks, with what admission reckons it with.</summary>
/// <param name="Reading">Its last reading; null while there is none.</param>
/// <param name="Capacity">Memory that tasks may hold together where nobody else uses anything; null = not bounded.</param>
/// <param name="Room">The same less what others use now; null = not bounded.</param>
/// <param name="Reserve">Never given to tasks; null while its memory is not known.</param>
/// <param name="Held">What the live attempts count for.</param>
/// <param name="Owed">The part of <paramref name="Held"/> that they do not hold yet.</param>
/// <param name="BurstPool">Kept free for their bursts.</param>
/// <param name="Foreign">Used by others.</param>
/// <param name="Cores">Cores that claims are counted against; null = not counted.</param>
/// <param name="CoresHeld">Cores that live attempts have claimed.</param>
/// <param name="Live">Attempts and leases that hold capacity.</param>
/// <param name="SlotsTaken">Those that count against the number of tasks at once.</param>
/// <param name="Frozen">Those that are stopped because memory is short.</param>
/// <param name="Gated">True while its guard lets nothing start.</param>
public sealed record NodeSnapshot(
    NodeId Node,
    bool IsUp,
    ImmutableArray<string> Labels,
    NodeSample? Reading,
    Bytes? Capacity,
    Bytes? Room,
    Bytes? Reserve,
    Bytes Held,
    Bytes Owed,
    Bytes BurstPool,
    Bytes Foreign,
    double? Cores,
    double CoresHeld,
    int Live,
    int SlotsTaken,
    int Frozen,
    bool Gated);
