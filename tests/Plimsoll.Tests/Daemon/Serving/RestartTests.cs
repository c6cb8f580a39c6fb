using System.Globalization;
using System.Text.Json;
using Plimsoll.Tests.Engine.Processes;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

/// <summary>A service that is ended while its tasks are being started.</summary>
[Collection(ProcessCollection.Name)]
public sealed class RestartTests
{
    [Fact]
    public async Task A_restart_in_the_middle_of_starts_neither_fails_nor_loses_a_task()
    {
        int rounds = TestLevel.Count(quick: 4, all: 10, soak: 100);
        await using AgentService service = await AgentService.StartAsync(slots: 4);
        var ids = new List<string>();
        for (int round = 0; round < rounds; round++)
        {
            for (int task = 0; task < 4; task++)
            {
                ids.Add(await service.SubmitAsync("""{"run": "sleep 0.3; echo x >> ran.txt"}"""));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(round * 7 % 40), TimeProvider.System, TestContext.Current.CancellationToken);
            await service.RestartAsync();
        }

        foreach (string id in ids)
        {
            string state = await service.EndOfAsync(id);
            if (state != "succeeded")
            {
                (_, JsonElement detail) = await service.GetAsync($"/api/v1/tasks/{id}");
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"{id} is {state}: {detail}"));
            }
        }
    }
}
