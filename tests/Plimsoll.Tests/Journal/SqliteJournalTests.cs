using Plimsoll.Core.Ports;
using Plimsoll.Journal;

namespace Plimsoll.Tests.Journal;

public sealed class SqliteJournalTests : JournalConformance
{
    private readonly string folder = Directory.CreateTempSubdirectory("plimsoll-journal-").FullName;

    private string JournalPath => Path.Combine(folder, "journal.db");

    protected override async Task<IJournal> OpenAsync() => await SqliteJournal.OpenAsync(JournalPath, SqliteJournalOptions.Default, TimeProvider.System, Token);

    protected override async Task<IJournalReader> ReadAsync() => await SqliteJournalReader.OpenAsync(JournalPath, SqliteJournalOptions.Default, Token);

    protected override Task CleanUpAsync()
    {
        Directory.Delete(folder, recursive: true);
        return Task.CompletedTask;
    }
}
