using System.Text.Json;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class TaskEndpointsTests
{
    private const string Templates = """
        templates:
          default:
            params: [word]
            run: echo {{ word }}
        """;

    [Fact]
    public async Task A_task_is_told_with_its_attempts_params_and_outputs()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(Templates);
        string id = await service.SubmitAsync("""{"template": "default", "name": "greeting", "params": {"word": "hello"}, "priority": 3}""");

        JsonElement task = await service.UntilAsync(id, "succeeded");

        Assert.Equal(id, task.GetProperty("id").GetString());
        Assert.Equal("greeting", task.GetProperty("task").GetProperty("name").GetString());
        Assert.Equal(3, task.GetProperty("task").GetProperty("priority").GetInt32());
        Assert.Equal("default", task.GetProperty("template").GetString());
        Assert.Equal("hello", task.GetProperty("params").GetProperty("word").GetString());
        JsonElement attempt = Assert.Single(task.GetProperty("attempts").EnumerateArray());
        Assert.Equal(0, attempt.GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task Pages_of_a_listing_hold_every_task_once_over_several_runs()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: x, noop: 0s}, {id: y, noop: 0s}, {id: z, noop: 0s}]", "application/yaml");
        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/tasks", """{"tasks": [{"noop": "0s"}, {"noop": "0s"}, {"noop": "0s"}, {"noop": "0s"}]}""");

        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await service.GetAsync($"/api/v1/tasks?limit=2{(next.Length > 0 ? $"&after={next}" : "")}");
            Assert.True(page.GetProperty("tasks").GetArrayLength() <= 2);
            seen.AddRange(page.GetProperty("tasks").EnumerateArray().Select(task => $"{task.GetProperty("run")}.{task.GetProperty("task")}"));
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }

        Assert.Equal(["2.0", "2.1", "2.2", "2.3", "1.0", "1.1", "1.2"], seen);
    }

    [Fact]
    public async Task A_listing_is_filtered_by_state_class_name_and_template()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(Templates);
        string bad = await service.SubmitAsync("""{"name": "bad", "run": "exit 3", "class": "doomed"}""");
        string good = await service.SubmitAsync("""{"template": "default", "name": "good", "params": {"word": "a"}}""");
        await service.UntilAsync(bad, "failed", "dead");
        await service.UntilAsync(good, "succeeded");

        Assert.Equal(["bad"], await NamesAsync(service, "state=failed,dead"));
        Assert.Equal(["good"], await NamesAsync(service, "state=succeeded"));
        Assert.Equal(["bad"], await NamesAsync(service, "class=doomed"));
        Assert.Equal(["good"], await NamesAsync(service, "name=good"));
        Assert.Equal(["bad"], await NamesAsync(service, "text=BA"));
        Assert.Equal(["good"], await NamesAsync(service, "template=default"));
        Assert.Equal(["good"], await NamesAsync(service, "run=1&template=default"));
        Assert.Empty(await NamesAsync(service, "template=other"));
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=x")]
    [InlineData("state=asleep")]
    [InlineData("after=nowhere")]
    [InlineData("run=-1")]
    public async Task A_filter_that_cannot_be_read_is_a_problem_and_not_a_listing(string query)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement problem = await service.ExpectAsync(400, HttpMethod.Get, $"/api/v1/tasks?{query}");

        Assert.Equal(400, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }

    [Theory]
    [InlineData("/api/v1/tasks/9.9")]
    [InlineData("/api/v1/tasks/nine")]
    [InlineData("/api/v1/tasks/1.99999999999")]
    [InlineData("/api/v1/runs/9")]
    [InlineData("/api/v1/runs/..")]
    [InlineData("/api/v1/runs/99999999999")]
    public async Task What_does_not_exist_is_a_404_with_problem_details(string path)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement problem = await service.ExpectAsync(404, HttpMethod.Get, path);

        Assert.Equal(404, problem.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_waiting_task_tells_what_it_waits_for()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        string first = await service.SubmitAsync("""{"run": "sleep 60", "locks": ["door"]}""");
        await service.UntilAsync(first, "running");
        string second = await service.SubmitAsync("""{"run": "true", "locks": ["door"]}""");

        JsonElement task = await service.GetAsync($"/api/v1/tasks/{second}");

        Assert.Equal("ready", task.GetProperty("task").GetProperty("state").GetString());
        Assert.NotEmpty(task.GetProperty("reasons").EnumerateArray());
    }

    private static async Task<string[]> NamesAsync(ServiceRig service, string query) =>
        [.. (await service.GetAsync($"/api/v1/tasks?{query}")).GetProperty("tasks").EnumerateArray().Select(task => task.GetProperty("name").GetString()!)];
}
