using Plimsoll.Journal.State;
using Plimsoll.Journal.Stores;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresRetentionTests(SharedServer shared) : RetentionConformance
{
    private protected override async Task<IJournalStore> StoreAsync(StateFolder state) =>
        SharedServer.Store(shared.Server.Url(await shared.Server.CreateDatabaseAsync()));
}
