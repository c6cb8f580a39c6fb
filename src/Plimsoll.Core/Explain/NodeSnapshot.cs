using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>A machine that runs tasks.</summary>
/// <param name="Capacity">Memory that tasks may hold together where nobody else uses anything; null = not bounded.</param>
/// <param name="Room">The same less what others use now; null = not bounded.</param>
/// <param name="Held">What the live attempts count for.</param>
/// <param name="Cores">Cores that claims are counted against; null = not counted.</param>
/// <param name="CoresHeld">Cores that live attempts have claimed.</param>
/// <param name="Live">Attempts that hold capacity.</param>
/// <param name="Frozen">Those of them that are stopped because memory is short.</param>
public sealed record NodeSnapshot(
    NodeId Node, bool IsUp, ImmutableArray<string> Labels, Bytes? Capacity, Bytes? Room, Bytes Held, double? Cores, double CoresHeld, int Live, int Frozen);
