namespace Plimsoll.Client.Benchmarks;

/// <summary>A run of <c>plimsoll bench torture</c>.</summary>
/// <param name="Scenario"><c>mixed</c>, <c>homogeneous</c>, <c>claude</c> or <c>agents</c>.</param>
/// <param name="HostBytes">Memory of the host that was played.</param>
/// <param name="Met">Every target that could be compared was reached.</param>
public sealed record TortureReportView(string Scenario, long HostBytes, int Cores, bool Met, IReadOnlyList<TortureSeedView> Seeds);
