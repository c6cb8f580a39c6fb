using Plimsoll.Journal;
using Plimsoll.Journal.State;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Tests.Journal;

public sealed class JournalRetentionTests : RetentionConformance
{
    private protected override Task<IJournalStore> StoreAsync(StateFolder state) =>
        Task.FromResult<IJournalStore>(new SqliteStore(state, SqliteJournalOptions.Default, TimeProvider.System));
}
