using System.Text.Json;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class ChangeEndpointsTests
{
    [Fact]
    public async Task Cancelling_a_running_task_ends_it()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "sleep 600"}""");
        await service.UntilAsync(id, "running");

        JsonElement change = await service.ExpectAsync(202, HttpMethod.Post, $"/api/v1/tasks/{id}/cancel", """{"reason": "not needed"}""");

        Assert.Equal("cancel", change.GetProperty("verb").GetString());
        await service.UntilAsync(id, "cancelled");
    }

    [Fact]
    public async Task A_failed_task_runs_again_when_it_is_retried()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string flag = Path.Combine(service.Project.Folder, "flag");
        string id = await service.SubmitAsync($$"""{"run": "test -e {{flag}}"}""");
        await service.UntilAsync(id, "failed", "dead");
        await File.WriteAllTextAsync(flag, "", ServiceRig.Token);

        await service.ExpectAsync(202, HttpMethod.Post, $"/api/v1/tasks/{id}/retry");

        JsonElement task = await service.UntilAsync(id, "succeeded");
        Assert.True(task.GetProperty("attempts").GetArrayLength() >= 2);
    }

    [Fact]
    public async Task The_priority_of_a_waiting_task_decides_who_goes_first()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        string blocker = await service.SubmitAsync("""{"run": "sleep 600"}""");
        await service.UntilAsync(blocker, "running");
        string first = await service.SubmitAsync("""{"run": "true"}""");
        string second = await service.SubmitAsync("""{"run": "true"}""");

        await service.ExpectAsync(202, HttpMethod.Put, $"/api/v1/tasks/{second}/priority", """{"priority": 9}""");
        await service.PostAsync($"/api/v1/tasks/{blocker}/cancel");

        JsonElement late = await service.UntilAsync(first, "succeeded");
        JsonElement early = await service.UntilAsync(second, "succeeded");
        Assert.Equal(9, early.GetProperty("task").GetProperty("priority").GetInt32());
        Assert.True(early.GetProperty("task").GetProperty("started_at").GetDateTimeOffset() <= late.GetProperty("task").GetProperty("started_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_run_is_cancelled_as_a_whole_but_the_inbox_is_not()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string single = await service.SubmitAsync("""{"run": "sleep 600"}""");
        JsonElement run = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, run: sleep 600}, {id: b, needs: [a], run: 'true'}]", "application/yaml");
        int number = run.GetProperty("run").GetInt32();

        await service.ExpectAsync(202, HttpMethod.Post, $"/api/v1/runs/{number}/cancel");
        JsonElement refused = await service.ExpectAsync(400, HttpMethod.Post, $"/api/v1/runs/{single.Split('.')[0]}/cancel");

        Assert.Contains("one by one", refused.GetProperty("cure").GetString(), StringComparison.Ordinal);
        await service.UntilAsync($"{number}.0", "cancelled");
        await service.UntilAsync($"{number}.1", "cancelled", "skipped");
        await service.UntilAsync(single, "running");
    }

    [Theory]
    [InlineData("""{"priority": "high"}""")]
    [InlineData("""[1]""")]
    [InlineData("""{"priority": """)]
    public async Task A_body_that_cannot_be_read_changes_nothing(string body)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"noop": "0s"}""");

        await service.ExpectAsync(400, HttpMethod.Put, $"/api/v1/tasks/{id}/priority", body);
    }
}
