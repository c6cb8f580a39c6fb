using System.Text.Json;
using Plimsoll.Tests.Daemon.Serving;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Leases;

[Collection(ProcessCollection.Name)]
public class LeaseServiceTests : ServiceConformance
{
    private const string Fixed = "host: {memory: 8G}\n";

    [Fact]
    public async Task A_lease_is_held_until_it_is_released_and_keeps_its_lock_meanwhile()
    {
        await using AgentService service = await StartAsync(1, Fixed);
        (int status, JsonElement lease) = await service.PostAsync("/api/v1/leases", """{"memory": "1G", "locks": ["db"], "purpose": "migration", "wait_seconds": 10}""");
        Assert.Equal(201, status);
        Assert.Equal("held", lease.GetProperty("state").GetString());
        Assert.Equal(1L << 30, lease.GetProperty("memory_bytes").GetInt64());

        string blocked = await service.SubmitAsync("""{"run": "true", "locks": ["db"]}""");
        string free = await service.SubmitAsync("""{"run": "true"}""");
        Assert.Equal("succeeded", await service.EndOfAsync(free));
        (_, JsonElement waiting) = await service.GetAsync($"/api/v1/tasks/{blocked}/wait?timeout=0");
        Assert.False(waiting.GetProperty("done").GetBoolean());

        (status, _) = await service.SendAsync(HttpMethod.Delete, $"/api/v1/leases/{Id(lease)}?fence={lease.GetProperty("fence").GetInt64()}");
        Assert.Equal(204, status);
        Assert.Equal("succeeded", await service.EndOfAsync(blocked));
    }

    [Fact]
    public async Task A_lease_that_does_not_fit_yet_waits_with_its_reasons_and_is_granted_when_it_fits()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (_, JsonElement first) = await service.PostAsync("/api/v1/leases", """{"memory": "6G", "wait_seconds": 10}""");
        (int status, JsonElement second) = await service.PostAsync("/api/v1/leases", """{"memory": "5G"}""");

        Assert.Equal(202, status);
        Assert.Equal("waiting", second.GetProperty("state").GetString());
        Assert.Equal("memory", second.GetProperty("reasons")[0].GetProperty("code").GetString());
        Task<(int, JsonElement)> granted = service.GetAsync($"/api/v1/leases/{Id(second)}?wait=20");
        await service.SendAsync(HttpMethod.Delete, $"/api/v1/leases/{Id(first)}");
        Assert.Equal("held", (await granted).Item2.GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_stale_fence_is_refused()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (_, JsonElement lease) = await service.PostAsync("/api/v1/leases", """{"locks": ["db"], "wait_seconds": 10}""");
        long fence = lease.GetProperty("fence").GetInt64();

        (int status, JsonElement problem) = await service.SendAsync(HttpMethod.Delete, $"/api/v1/leases/{Id(lease)}?fence={fence - 1}");
        Assert.Equal(409, status);
        Assert.Contains("stop using it", problem.GetProperty("cure").GetString(), StringComparison.Ordinal);
        (status, _) = await service.PostAsync($"/api/v1/leases/{Id(lease)}/renew?fence={fence}", "{}");
        Assert.Equal(200, status);
    }

    [Fact]
    public async Task A_lease_of_a_task_ends_with_the_task_and_is_nobody_elses()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (string task, string token) = await service.LivingTaskAsync("holder");
        (_, string other) = await service.LivingTaskAsync("other");
        (int status, JsonElement lease) = await service.PostAsync("/api/v1/leases", """{"memory": "2G", "ttl_seconds": 600, "wait_seconds": 10}""", token);
        Assert.Equal(201, status);
        Assert.Equal(task, lease.GetProperty("holder").GetString());

        (status, _) = await service.SendAsync(HttpMethod.Delete, $"/api/v1/leases/{Id(lease)}", null, other);
        Assert.Equal(404, status);
        service.EndTask("holder");
        await Until.TrueAsync(async () => (await service.GetAsync("/api/v1/leases")).Json.GetProperty("leases").GetArrayLength() == 0);
    }

    [Fact]
    public async Task A_lease_that_nobody_renews_ends()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (_, JsonElement lease) = await service.PostAsync("/api/v1/leases", """{"locks": ["db"], "ttl_seconds": 1, "wait_seconds": 10}""");
        string next = await service.SubmitAsync("""{"run": "true", "locks": ["db"]}""");

        Assert.Equal("succeeded", await service.EndOfAsync(next));
        (int status, _) = await service.PostAsync($"/api/v1/leases/{Id(lease)}/renew", "{}");
        Assert.Equal(404, status);
    }

    [Fact]
    public async Task A_lease_held_by_a_connection_ends_with_it()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (_, JsonElement lease) = await service.PostAsync("/api/v1/leases", """{"locks": ["db"], "ttl_seconds": 600, "wait_seconds": 10}""");
        using (HttpResponseMessage held = await service.Http.GetAsync($"http://localhost/api/v1/leases/{Id(lease)}/hold", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken))
        {
            await using Stream beats = await held.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            Assert.Equal('\n', beats.ReadByte());
        }

        Assert.Equal("succeeded", await service.EndOfAsync(await service.SubmitAsync("""{"run": "true", "locks": ["db"]}""")));
    }

    [Fact]
    public async Task Leases_held_and_waiting_outlive_the_service()
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (_, JsonElement held) = await service.PostAsync("/api/v1/leases", """{"memory": "6G", "ttl_seconds": 600, "wait_seconds": 10}""");
        (_, JsonElement waiting) = await service.PostAsync("/api/v1/leases", """{"memory": "6G", "ttl_seconds": 600}""");
        (string _, string token) = await service.LivingTaskAsync("holder");
        (_, JsonElement own) = await service.PostAsync("/api/v1/leases", """{"memory": "1G", "ttl_seconds": 600, "wait_seconds": 10}""", token);

        await service.RestartAsync();

        (int status, JsonElement again) = await service.PostAsync($"/api/v1/leases/{Id(held)}/renew?fence={held.GetProperty("fence").GetInt64()}", "{}");
        Assert.Equal(200, status);
        Assert.Equal("held", again.GetProperty("state").GetString());
        await service.SendAsync(HttpMethod.Delete, $"/api/v1/leases/{Id(held)}");
        Assert.Equal("held", (await service.GetAsync($"/api/v1/leases/{Id(waiting)}?wait=20")).Json.GetProperty("state").GetString());
        Assert.Equal("held", (await service.GetAsync($"/api/v1/leases/{Id(own)}")).Json.GetProperty("state").GetString());
        service.EndTask("holder");
        await Until.TrueAsync(async () => (await service.GetAsync($"/api/v1/leases/{Id(own)}")).Status == 404);
    }

    [Theory]
    [InlineData("""{"memory": "9G"}""", "never")]
    [InlineData("""{}""", "holds nothing")]
    [InlineData("""{"memory": "much"}""", "size")]
    [InlineData("""{"memory": "1G", "ttl": 3}""", "no such field")]
    [InlineData("""{"memory": "1G", "ttl_seconds": 0}""", "from 1 to")]
    [InlineData("""[1]""", "JSON object")]
    public async Task A_wish_that_cannot_be_granted_is_refused_with_its_cure(string body, string says)
    {
        await using AgentService service = await StartAsync(4, Fixed);
        (int status, JsonElement problem) = await service.PostAsync("/api/v1/leases", body);

        Assert.Equal(400, status);
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, (await service.GetAsync("/api/v1/leases")).Json.GetProperty("leases").GetArrayLength());
    }

    private static string Id(JsonElement lease) => lease.GetProperty("id").GetString()!;
}
