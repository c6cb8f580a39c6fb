using Plimsoll.Tests.Journal.Postgres;
using Xunit;

namespace Plimsoll.Tests.Daemon.Slack;

public sealed class SlackOnPostgresTests(SharedServer shared) : SlackTests, IClassFixture<SharedServer>
{
    private protected override async Task<string?> JournalAsync() => shared.Server.Url(await shared.Server.CreateDatabaseAsync());
}
