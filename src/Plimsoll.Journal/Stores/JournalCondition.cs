namespace Plimsoll.Journal.Stores;

/// <summary>How a journal is doing.</summary>
/// <param name="Since">When it became so.</param>
/// <param name="Commit">How long the turn under way has been waiting, or the last one took.</param>
/// <param name="Reason">The newest fault while it is away; null otherwise.</param>
public sealed record JournalCondition(JournalHealth Health, DateTimeOffset Since, TimeSpan Commit, string? Reason);
