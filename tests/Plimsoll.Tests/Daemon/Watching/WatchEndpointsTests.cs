using System.Text.Json;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class WatchEndpointsTests
{
    [Fact]
    public async Task The_dashboard_is_one_document_with_five_parts()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        string first = await service.SubmitAsync("""{"run": "echo hello; sleep 600", "locks": ["gpu"]}""");
        await service.UntilAsync(first, "running");
        string second = await service.SubmitAsync("""{"run": "true", "locks": ["gpu"]}""");

        JsonElement view = await UntilAsync(service, static view => view.GetProperty("concurrency").GetProperty("line").GetArrayLength() == 1
            && view.GetProperty("agent_status").GetProperty("attempts").EnumerateArray().Any(static one => one.GetProperty("state").GetString() == "running"));

        JsonElement live = view.GetProperty("agent_status").GetProperty("attempts")[0];
        Assert.Equal(first, live.GetProperty("task").GetString());
        JsonElement concurrency = view.GetProperty("concurrency");
        Assert.Equal(1, concurrency.GetProperty("running").GetInt32());
        Assert.Equal(1, concurrency.GetProperty("ready").GetInt32());
        Assert.Equal(1, concurrency.GetProperty("pool_size").GetInt32());
        Assert.Equal(second, concurrency.GetProperty("line")[0].GetProperty("task").GetString());
        JsonElement gpu = concurrency.GetProperty("locks").EnumerateArray().Single(static one => one.GetProperty("name").GetString() == "gpu");
        Assert.Equal(1, gpu.GetProperty("holders").GetInt32());
        JsonElement node = view.GetProperty("system_health").GetProperty("nodes")[0];
        Assert.True(node.GetProperty("memory_limit_bytes").GetInt64() > 0);
        Assert.True(node.GetProperty("disk_total_bytes").GetInt64() > 0);
        Assert.Equal(1, view.GetProperty("performance").GetProperty("started").GetInt64());
        Assert.Equal(0, view.GetProperty("alerts").GetProperty("critical").GetInt32());
    }

    [Fact]
    public async Task The_pool_counts_what_was_processed_by_class()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string good = await service.SubmitAsync("""{"run": "true", "class": "fine"}""");
        string bad = await service.SubmitAsync("""{"run": "exit 3", "class": "broken", "retries": 0}""");
        await service.UntilAsync(good, "succeeded");
        await service.UntilAsync(bad, "failed", "dead");

        JsonElement pool = default;
        for (int i = 0; i < 300 && (pool.ValueKind == JsonValueKind.Undefined || pool.GetProperty("processed").GetInt64() < 2); i++)
        {
            pool = await service.GetAsync("/api/v1/pool");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
        }

        Assert.Equal(2, pool.GetProperty("processed").GetInt64());
        Assert.Equal(0.5, pool.GetProperty("success_rate").GetDouble());
        Assert.Equal(4, pool.GetProperty("pool_size").GetInt32());
        JsonElement broken = pool.GetProperty("classes").EnumerateArray().Single(static one => one.GetProperty("class").GetString() == "broken");
        Assert.Equal(1, broken.GetProperty("failures").GetProperty("failed").GetInt64());
        Assert.Equal(2, pool.GetProperty("durations").GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task Series_have_no_holes_in_their_time_axis_and_survive_a_restart()
    {
        using var project = new ProjectRig();
        await using (ServiceRig service = await ServiceRig.StartAsync(project: project))
        {
            while (await KnownAsync(service) < 2)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, ServiceRig.Token);
            }

            JsonElement names = await service.GetAsync("/api/v1/series");
            Assert.Contains("tasks.running", names.GetProperty("names").EnumerateArray().Select(static name => name.GetString()));
        }

        await using ServiceRig again = await ServiceRig.StartAsync(project: project);
        JsonElement view = await again.GetAsync("/api/v1/series?name=memory.used.bytes,tasks.running&name=nonsense&minutes=5&points=300");

        Assert.Equal(2, view.GetProperty("series").GetArrayLength());
        JsonElement memory = view.GetProperty("series")[0];
        Assert.Equal(1, memory.GetProperty("step_seconds").GetDouble());
        Assert.Equal(300, memory.GetProperty("mean").GetArrayLength());
        Assert.True(await KnownAsync(again) >= 2);
    }

    [Theory]
    [InlineData("/api/v1/series?minutes=-1")]
    [InlineData("/api/v1/series?points=many")]
    [InlineData("/api/v1/series?name=tasks.running&from=yesterday")]
    [InlineData("/api/v1/alerts?history=0")]
    public async Task What_cannot_be_read_is_refused_with_a_reason(string path)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(400, HttpMethod.Get, path);
    }

    [Theory]
    [InlineData("/api/v1/dashboard")]
    [InlineData("/api/v1/pool")]
    [InlineData("/api/v1/series")]
    [InlineData("/api/v1/alerts")]
    public async Task Nobody_sees_the_service_without_a_token(string path)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(401, HttpMethod.Get, path, client: service.Tcp);
    }

    private static async Task<int> KnownAsync(ServiceRig service)
    {
        JsonElement view = await service.GetAsync("/api/v1/series?name=memory.used.bytes&minutes=5&points=300");
        return view.GetProperty("series").EnumerateArray().Sum(static one => one.GetProperty("mean").EnumerateArray().Count(static value => value.ValueKind == JsonValueKind.Number));
    }

    private static async Task<JsonElement> UntilAsync(ServiceRig service, Func<JsonElement, bool> holds)
    {
        JsonElement view = default;
        for (int i = 0; i < 300; i++)
        {
            view = await service.GetAsync("/api/v1/dashboard");
            if (holds(view))
            {
                return view;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
        }

        Assert.Fail($"the dashboard did not show it: {view}");
        return view;
    }
}
