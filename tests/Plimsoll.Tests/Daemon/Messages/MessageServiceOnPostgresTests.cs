using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Daemon.Messages;

[Collection(ProcessCollection.Name)]
public sealed class MessageServiceOnPostgresTests(SharedServer shared) : MessageServiceTests, IClassFixture<SharedServer>
{
    private protected override async Task<string?> JournalAsync() => shared.Server.Url(await shared.Server.CreateDatabaseAsync());
}
