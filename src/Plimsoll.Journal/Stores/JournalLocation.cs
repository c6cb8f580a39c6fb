using Plimsoll.Journal.Postgres;

namespace Plimsoll.Journal.Stores;

/// <summary>Where the configuration wants the journal.</summary>
/// <param name="Address">A <c>postgres://</c> URL; null = an SQLite file in the state folder.</param>
/// <param name="Postgres">Of use with a server only.</param>
public sealed record JournalLocation(string? Address, PostgresSettings Postgres)
{
    /// <summary>The file in the state folder.</summary>
    public static JournalLocation StateFolder { get; } = new(null, PostgresSettings.Default);
}
