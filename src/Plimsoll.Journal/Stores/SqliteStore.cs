using Plimsoll.Core.Ports;
using Plimsoll.Journal.Retention;
using Plimsoll.Journal.Sqlite;
using Plimsoll.Journal.State;

namespace Plimsoll.Journal.Stores;

/// <summary>The journal file of a state folder; whoever holds the folder's lock is its writer.</summary>
internal sealed class SqliteStore(StateFolder folder, SqliteJournalOptions options, TimeProvider time) : IJournalStore
{
    public string Place => folder.JournalPath;

    public PoolUse? Pool => null;

    public IJournalUpkeep Upkeep { get; } = new SqliteUpkeep(folder.JournalPath, options);

    public ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(File.Exists(folder.JournalPath));

    public async ValueTask<JournalOpening> OpenAsync(CancellationToken cancellationToken) =>
        new(new WatchedJournal(await SqliteJournal.OpenAsync(folder.JournalPath, options, time, cancellationToken), time), null);

    public async ValueTask<IJournalReader> ReadAsync(CancellationToken cancellationToken) =>
        await SqliteJournalReader.OpenAsync(folder.JournalPath, options, cancellationToken);

    public ValueTask<IJournalChanges> FollowAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IJournalChanges>(new SqliteChanges(folder.JournalPath, options));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
