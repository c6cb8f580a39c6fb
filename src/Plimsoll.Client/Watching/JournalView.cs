namespace Plimsoll.Client.Watching;

/// <summary>How the journal keeps up.</summary>
/// <param name="Place">Where it is, without secrets.</param>
/// <param name="SlowestCommitSeconds">Of the last second; 0 when there was none.</param>
/// <param name="Fault">Why it cannot be written now; null while it can.</param>
/// <param name="Connections">To a server; null when there is none.</param>
public sealed record JournalView(string Place, double SlowestCommitSeconds, long Commits, string? Fault, ConnectionsView? Connections);
