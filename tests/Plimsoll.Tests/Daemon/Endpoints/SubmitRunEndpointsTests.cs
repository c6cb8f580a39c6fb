using System.Text.Json;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class SubmitRunEndpointsTests
{
    [Fact]
    public async Task A_plan_becomes_a_run_of_its_own_and_runs_to_its_end()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string body = JsonSerializer.Serialize("params: {word: none}\ntasks:\n- {id: a, run: 'echo {{ word }}'}\n- {id: b, needs: [a], run: 'true'}\n");

        JsonElement run = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", $$$"""{"plan": {{{body}}}, "name": "small.yaml", "params": {"word": "given"}}""");

        Assert.Equal(2, run.GetProperty("tasks").GetInt32());
        int number = run.GetProperty("run").GetInt32();
        await service.UntilAsync($"{number}.1", "succeeded");
        JsonElement detail = await service.GetAsync($"/api/v1/runs/{number}");
        Assert.Equal("plan", detail.GetProperty("kind").GetString());
        Assert.Equal(2, detail.GetProperty("run").GetProperty("counts").GetProperty("succeeded").GetInt32());
        JsonElement first = await service.GetAsync($"/api/v1/tasks/{number}.0");
        string path = first.GetProperty("attempts")[0].GetProperty("stdout_path").GetString()!;
        Assert.Equal("given\n", await File.ReadAllTextAsync(path, ServiceRig.Token));
    }

    [Fact]
    public async Task Every_error_of_a_plan_is_told_with_its_place()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement problem = await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, needs: [gone], run: 'true'}, {id: b, rum: 'true'}]", "application/yaml");

        Assert.True(problem.GetProperty("errors").GetArrayLength() >= 2);
    }

    [Fact]
    public async Task The_same_key_gives_the_same_run_and_another_plan_under_it_is_refused()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        service.Socket.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        JsonElement first = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, noop: 0s}]", "application/yaml");

        JsonElement again = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, noop: 0s}]", "application/yaml");
        await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: b, noop: 0s}]", "application/yaml");

        Assert.Equal(first.GetProperty("run").GetInt32(), again.GetProperty("run").GetInt32());
        Assert.True(again.GetProperty("repeated").GetBoolean());
    }

    [Fact]
    public async Task Units_of_a_lock_join_the_node_and_others_are_refused_while_they_differ()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "locks: {gpu: 2}\ntasks: [{id: a, noop: 0s, locks: [gpu]}]", "application/yaml");

        JsonElement problem = await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/runs", "locks: {gpu: 3}\ntasks: [{id: a, noop: 0s, locks: [gpu]}]", "application/yaml");

        Assert.Contains("gpu", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Concurrency_of_a_plan_is_warned_about()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement run = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "concurrency: 1\ntasks: [{id: a, noop: 0s}]", "application/yaml");

        Assert.Contains(run.GetProperty("warnings").EnumerateArray(), warning => warning.ToString().Contains("concurrency", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"plan": 3}""")]
    [InlineData("""{"plan": "tasks: []", "format": "toml"}""")]
    [InlineData("""{"plan": "tasks: []", "params": 7}""")]
    [InlineData("not json")]
    public async Task A_request_without_a_readable_plan_is_refused(string body)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement problem = await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/runs", body);

        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
    }
}
