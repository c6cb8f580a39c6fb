namespace Plimsoll.Client.Simulations;

/// <summary>What came out of <c>plimsoll simulate</c>: the same tasks under every policy, placement and seed that was asked for.</summary>
/// <param name="Input">As it was named.</param>
/// <param name="MemoryBytes">Of all nodes together.</param>
/// <param name="Cores">Of all nodes together; null = not counted.</param>
public sealed record SimulationReportView(string Input, int Tasks, int Nodes, long MemoryBytes, double? Cores, IReadOnlyList<SimulationRunView> Runs);
