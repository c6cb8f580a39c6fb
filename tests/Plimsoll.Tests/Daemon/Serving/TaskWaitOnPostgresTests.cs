using Plimsoll.Tests.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

public sealed class TaskWaitOnPostgresTests(SharedServer shared) : TaskWaitTests, IClassFixture<SharedServer>
{
    private protected override async Task<string?> JournalAsync() => shared.Server.Url(await shared.Server.CreateDatabaseAsync());
}
