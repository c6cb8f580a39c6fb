namespace Plimsoll.Journal.Stores;

/// <summary>The answer to whoever wants to write a journal: the journal, or who writes it now.</summary>
public readonly record struct JournalOpening(WatchedJournal? Journal, string? Owner);
