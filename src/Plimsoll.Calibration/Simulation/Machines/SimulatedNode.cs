using System.Collections.Immutable;

namespace Plimsoll.Calibration.Simulation.Machines;

/// <summary>A machine of the fleet.</summary>
/// <param name="MemoryBytes">All it has.</param>
/// <param name="Cores">Null = not counted.</param>
public sealed record SimulatedNode(long MemoryBytes, double? Cores, ImmutableArray<string> Labels);
