namespace Plimsoll.Daemon.Requests;

/// <summary>A stress matrix.</summary>
/// <param name="Agents">Empty = the default list; the same holds for the others.</param>
/// <param name="MemoryBytes">Limits of each job; null in it = none.</param>
/// <param name="Cores">Limits of each job; null in it = none.</param>
/// <param name="Resume">A report whose cells are taken over; null = none.</param>
public sealed record StressRequest(TrialRequest Trial, IReadOnlyList<int> Agents, IReadOnlyList<long?> MemoryBytes, IReadOnlyList<double?> Cores, string? Resume);
