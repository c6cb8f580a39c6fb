using System.Text.Json;
using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

[Collection(ProcessCollection.Name)]
public sealed class DatabaseAwayTests
{
    [Fact]
    public async Task Looking_at_a_service_whose_database_is_away_says_so_and_works_again_with_it()
    {
        Component.RequireThat(PostgresServer.Programs is not null, "postgresql");
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using AgentService service = await AgentService.StartAsync(journal: server.Url("postgres"));
        (string id, _) = await service.LivingTaskAsync("living");
        await server.StopAsync("QUIT");

        (int status, JsonElement problem) = await service.GetAsync("/api/v1/tasks");
        Assert.Equal(503, status);
        Assert.StartsWith("this cannot be looked up while the journal does not answer: ", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(200, (await service.GetAsync("/health/live")).Status);

        await server.StartAgainAsync();
        await Until.TrueAsync(async () => (await service.GetAsync("/api/v1/tasks")).Status == 200);
        service.EndTask("living");
        Assert.Equal("succeeded", await service.EndOfAsync(id));
    }
}
