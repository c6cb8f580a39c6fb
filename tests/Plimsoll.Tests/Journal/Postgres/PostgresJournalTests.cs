using Plimsoll.Core.Ports;
using Plimsoll.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Journal.Postgres;

[Collection(PostgresCollection.Name)]
public sealed class PostgresJournalTests(SharedServer shared) : JournalConformance
{
    private readonly List<PostgresStore> stores = [];
    private string? database;

    protected override async Task<IJournal> OpenAsync() => (await (await StoreAsync()).OpenAsync(takeOver: true, Token)).Journal!;

    protected override async Task<IJournalReader> ReadAsync() => await (await StoreAsync()).ReadAsync(Token);

    protected override async Task CleanUpAsync()
    {
        foreach (PostgresStore store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private async Task<PostgresStore> StoreAsync()
    {
        database ??= await shared.Server.CreateDatabaseAsync();
        stores.Add(SharedServer.Store(shared.Server.Url(database)));
        return stores[^1];
    }
}
