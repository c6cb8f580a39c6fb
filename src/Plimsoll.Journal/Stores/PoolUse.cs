namespace Plimsoll.Journal.Stores;

/// <summary>Connections of this process to a journal's server.</summary>
/// <param name="Least">Kept open though idle, once they were opened.</param>
/// <param name="Limit">Most that may be in use now; grows with demand up to <paramref name="Ceiling"/> and shrinks again.</param>
/// <param name="Open">In use or idle.</param>
/// <param name="Waiting">Callers that wait for one.</param>
/// <param name="LongestWait">Since the process began.</param>
public readonly record struct PoolUse(int Least, int Limit, int Ceiling, int InUse, int Open, int Waiting, TimeSpan LongestWait);
