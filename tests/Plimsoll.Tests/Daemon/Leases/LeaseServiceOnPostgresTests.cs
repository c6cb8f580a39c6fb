using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Daemon.Leases;

[Collection(ProcessCollection.Name)]
public sealed class LeaseServiceOnPostgresTests(SharedServer shared) : LeaseServiceTests, IClassFixture<SharedServer>
{
    private protected override async Task<string?> JournalAsync() => shared.Server.Url(await shared.Server.CreateDatabaseAsync());
}
