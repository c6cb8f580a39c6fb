using System.Text.Json;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class OutlookTests
{
    [Fact]
    public async Task The_service_advises_one_node_while_it_is_idle_and_tells_why()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonElement advice = await service.ExpectAsync(200, HttpMethod.Get, "/api/v1/scaling");
        Assert.Equal(1, advice.GetProperty("desired_nodes").GetInt32());
        Assert.False(string.IsNullOrEmpty(advice.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_more_nodes_would_change_for_a_run_is_simulated()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        JsonElement run = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, run: sleep 600, cpu: 1}, {id: b, run: 'true'}, {id: c, run: 'true'}]", "application/yaml");
        string path = $"/api/v1/runs/{run.GetProperty("run")}/what-if";

        JsonElement view = await service.ExpectAsync(200, HttpMethod.Get, $"{path}?nodes=2&memory=64G");

        Assert.Equal(3, view.GetProperty("tasks").GetInt32());
        Assert.True(view.GetProperty("changed_seconds").GetDouble() <= view.GetProperty("seconds").GetDouble());
        await service.ExpectAsync(400, HttpMethod.Get, $"{path}?nodes=many");
        await service.ExpectAsync(400, HttpMethod.Get, $"{path}?quota=-1");
        await service.PostAsync($"/api/v1/runs/{run.GetProperty("run")}/cancel");
        await service.UntilAsync($"{run.GetProperty("run")}.0", "cancelled");
    }
}
