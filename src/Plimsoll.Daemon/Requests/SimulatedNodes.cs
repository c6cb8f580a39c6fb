namespace Plimsoll.Daemon.Requests;

/// <summary>Equal nodes of a simulation.</summary>
/// <param name="Cores">Null = not counted.</param>
public sealed record SimulatedNodes(int Count, long MemoryBytes, double? Cores, IReadOnlyList<string> Labels);
