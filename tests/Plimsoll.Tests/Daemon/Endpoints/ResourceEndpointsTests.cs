using System.Text.Json;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Daemon.Watching;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class ResourceEndpointsTests
{
    private const string Twice = "\"retries\": {\"max\": 1, \"backoff\": {\"base\": \"10ms\"}}";

    [Fact]
    public async Task A_lock_is_told_with_its_holder_its_fence_and_who_waits()
    {
        await using ServiceRig service = await ServiceRig.StartAsync("locks: {gpu: 2}");
        string holder = await service.SubmitAsync("""{"name": "first", "run": "sleep 600", "locks": ["door"]}""");
        await service.UntilAsync(holder, "running");
        string waiter = await service.SubmitAsync("""{"name": "second", "run": "sleep 600", "locks": ["door"]}""");
        await service.UntilAsync(waiter, "ready");

        JsonElement locks = await service.GetAsync("/api/v1/locks");

        JsonElement door = Of(locks, "locks", "name", "door");
        Assert.Equal("lock", door.GetProperty("kind").GetString());
        JsonElement held = Assert.Single(door.GetProperty("holders").EnumerateArray());
        Assert.Equal(holder, held.GetProperty("id").GetString());
        Assert.Equal("exclusive", held.GetProperty("mode").GetString());
        Assert.True(held.GetProperty("fence").GetInt64() > 0);
        Assert.Equal(1, door.GetProperty("waiting").GetInt32());
        Assert.Equal(waiter, Assert.Single(door.GetProperty("waiters").EnumerateArray()).GetProperty("id").GetString());
        Assert.True(door.GetProperty("longest_wait_seconds").GetDouble() >= 0);
        Assert.Equal(2, Of(locks, "locks", "name", "gpu").GetProperty("units").GetDouble());
        await service.PostAsync($"/api/v1/tasks/{waiter}/cancel");
    }

    [Fact]
    public async Task A_node_is_told_with_what_admission_reckons_it_with()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "sleep 600", "memory": "64M"}""");
        await service.UntilAsync(id, "running");

        JsonElement node = Assert.Single((await service.GetAsync("/api/v1/nodes")).GetProperty("nodes").EnumerateArray());

        Assert.Equal(0, node.GetProperty("node").GetInt32());
        Assert.Equal(1, node.GetProperty("live").GetInt32());
        Assert.Equal(1, node.GetProperty("slots_taken").GetInt32());
        Assert.True(node.GetProperty("held_bytes").GetInt64() >= 64 << 20);
        Assert.InRange(node.GetProperty("owed_bytes").GetInt64(), 1, node.GetProperty("held_bytes").GetInt64());
    }

    [Fact]
    public async Task A_class_tells_its_breaker_its_tasks_and_what_was_learned()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        string bad = await service.SubmitAsync("""{"run": "exit 1", "class": "doomed", "breaker": {"failures": 1, "window": "1m", "open_for": "1h"}}""");
        await service.UntilAsync(bad, "failed", "dead");
        string next = await service.SubmitAsync("""{"run": "true", "class": "doomed", "breaker": {"failures": 1, "window": "1m", "open_for": "1h"}}""");
        await service.UntilAsync(next, "ready");

        JsonElement one = await service.GetAsync("/api/v1/classes/doomed");

        Assert.Equal("open", one.GetProperty("breaker").GetProperty("state").GetString());
        Assert.Equal(1, one.GetProperty("ready").GetInt64());
        await service.ExpectAsync(404, HttpMethod.Get, "/api/v1/classes/unknown");
    }

    [Fact]
    public async Task Pages_of_classes_hold_every_class_once()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/tasks", $$"""{"tasks": [{{string.Join(',', Enumerable.Range(0, 7).Select(static i => $$"""{"noop": "0s", "class": "c{{i}}"}"""))}}]}""");

        var seen = new List<string>();
        string? next = "";
        while (next is not null)
        {
            JsonElement page = await service.GetAsync($"/api/v1/classes?limit=3&after={next}");
            seen.AddRange(page.GetProperty("classes").EnumerateArray().Select(static one => one.GetProperty("class").GetString()!));
            next = page.TryGetProperty("next", out JsonElement cursor) ? cursor.GetString() : null;
        }

        Assert.Equal(["c0", "c1", "c2", "c3", "c4", "c5", "c6"], seen);
    }

    [Fact]
    public async Task Limits_are_retuned_while_tasks_wait()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        string first = await service.SubmitAsync("""{"run": "sleep 600"}""");
        string second = await service.SubmitAsync("""{"run": "sleep 600"}""");
        await service.UntilAsync(first, "running");

        JsonElement limits = await service.ExpectAsync(200, HttpMethod.Patch, "/api/v1/limits", """{"max_concurrent": 2, "memory_reserve_bytes": 1048576, "locks": {"gpu": 3}, "services": {"github": {"rate": "100/min", "burst": 5}}}""");

        Assert.Equal(2, limits.GetProperty("max_concurrent").GetInt32());
        Assert.Equal(1048576, limits.GetProperty("memory_reserve_bytes").GetInt64());
        Assert.Equal(3, limits.GetProperty("locks").GetProperty("gpu").GetInt32());
        Assert.Equal("github", Assert.Single(limits.GetProperty("services").EnumerateArray()).GetProperty("name").GetString());
        await service.UntilAsync(second, "running");
        Assert.Equal(2, (await service.GetAsync("/health")).GetProperty("pool_size").GetInt32());
    }

    [Fact]
    public async Task Every_limit_that_cannot_be_is_told_at_once_and_none_is_changed()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);

        JsonElement problem = await service.ExpectAsync(400, HttpMethod.Patch, "/api/v1/limits", """{"max_concurrent": 0, "memory_reserve_bytes": -1, "locks": {"gpu": 0}, "services": {"github": {"rate": "often"}}}""");

        Assert.Equal(4, problem.GetProperty("errors").GetArrayLength());
        Assert.Equal(1, (await service.GetAsync("/api/v1/limits")).GetProperty("max_concurrent").GetInt32());
        await service.ExpectAsync(400, HttpMethod.Patch, "/api/v1/limits", "{}");
    }

    [Fact]
    public async Task A_dead_letter_is_listed_put_back_and_purged()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string flag = Path.Combine(service.Project.Folder, "flag");
        string first = await service.SubmitAsync($$"""{"name": "first", "run": "echo oh no >&2; test -e {{flag}}", {{Twice}}}""");
        string second = await service.SubmitAsync($$"""{"name": "second", "run": "false", {{Twice}}}""");
        await service.UntilAsync(first, "dead");
        await service.UntilAsync(second, "dead");

        JsonElement letters = (await service.GetAsync("/api/v1/dead")).GetProperty("letters");
        Assert.Equal(["first", "second"], letters.EnumerateArray().Select(static one => one.GetProperty("task").GetString()));
        Assert.Equal(first, letters[0].GetProperty("id").GetString());
        Assert.True(File.Exists(letters[0].GetProperty("stderr_path").GetString()));

        await service.ExpectAsync(200, HttpMethod.Delete, $"/api/v1/dead/{second}");
        Assert.Equal("first", Assert.Single((await service.GetAsync("/api/v1/dead")).GetProperty("letters").EnumerateArray()).GetProperty("task").GetString());
        await service.ExpectAsync(404, HttpMethod.Get, $"/api/v1/dead/{second}");

        await File.WriteAllTextAsync(flag, "", ServiceRig.Token);
        await service.ExpectAsync(202, HttpMethod.Post, $"/api/v1/dead/{first}/retry");
        await service.UntilAsync(first, "succeeded");
        Assert.Empty((await service.GetAsync("/api/v1/dead")).GetProperty("letters").EnumerateArray());
    }

    [Fact]
    public async Task A_misspelt_filter_is_refused_before_it_selects_everything()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync($$"""{"name": "first", "run": "false", {{Twice}}}""");
        await service.UntilAsync(id, "dead");
        foreach ((HttpMethod method, string path) in new[]
        {
            (HttpMethod.Post, "/api/v1/dead/purge?clas=other"), (HttpMethod.Post, "/api/v1/dead/retry?dry_run=true"), (HttpMethod.Get, "/api/v1/tasks?stat=failed"), (HttpMethod.Get, "/api/v1/runs/1/tasks?run=2"),
        })
        {
            JsonElement problem = await service.ExpectAsync(400, method, path);
            Assert.StartsWith("there is no parameter '", problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        }

        await service.UntilAsync(id, "dead");
        Assert.Single((await service.GetAsync("/api/v1/dead")).GetProperty("letters").EnumerateArray());
    }

    [Fact]
    public async Task Dead_letters_of_a_service_are_purged_as_those_of_a_folder()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        foreach (string name in (string[])["build", "other"])
        {
            await service.UntilAsync(await service.SubmitAsync($$"""{"name": "{{name}}", "run": "echo gone; false", {{Twice}}}"""), "dead");
        }

        using ServiceDesk desk = ProjectRig.Value(service.Project.Open().Service($"unix:{service.Session.Ready.Socket}"));
        var build = new TaskAddress(null, "build");
        PurgeView would = ProjectRig.Value(await desk.PurgeAsync(build, dryRun: true, ServiceRig.Token));
        Assert.Equal(2, ProjectRig.Value(await desk.DeadAsync(new TaskAddress(null, null), ServiceRig.Token)).Count);
        PurgeView did = ProjectRig.Value(await desk.PurgeAsync(build, dryRun: false, ServiceRig.Token));

        Assert.Equal((true, false), (would.DryRun, did.DryRun));
        foreach (PurgeView purge in (PurgeView[])[would, did])
        {
            Assert.Equal(["1/build"], purge.Tasks);
            Assert.True(purge.Files >= 2, $"{purge.Files} files"); // standard output of two attempts at least
            Assert.True(purge.FreedBytes >= 10, $"{purge.FreedBytes} bytes");
        }

        Assert.Equal("other", Assert.Single(ProjectRig.Value(await desk.DeadAsync(new TaskAddress(null, null), ServiceRig.Token))).Task);
        Assert.Empty(ProjectRig.Value(await desk.PurgeAsync(build, dryRun: false, ServiceRig.Token)).Tasks);
        Assert.False((await desk.PurgeAsync(new TaskAddress(99, null), dryRun: false, ServiceRig.Token)).TryGet(out _, out Refusal? unknown));
        Assert.Equal("there is no run 99", unknown!.Message);
        Assert.False((await desk.TasksAsync(new TaskFilter(new TaskAddress(99, null), [], 10), ServiceRig.Token)).TryGet(out _, out unknown));
        Assert.Equal("there is no run 99", unknown!.Message);
        await service.ExpectAsync(404, HttpMethod.Get, "/api/v1/runs/99/tasks");
    }

    [Fact]
    public async Task A_body_that_cannot_be_used_is_told_in_words_of_people()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        JsonElement unknown = await service.ExpectAsync(400, HttpMethod.Patch, "/api/v1/limits", """{"max_concurrent": 2, "max_concurent": 3}""");
        Assert.Equal("the body cannot be used: there is no member 'max_concurent'", unknown.GetProperty("title").GetString());
        Assert.Equal(4, (await service.GetAsync("/api/v1/limits")).GetProperty("max_concurrent").GetInt32());
        JsonElement cut = await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/tasks", "{\n\"run\":");
        Assert.StartsWith("the body is not JSON, line 2, byte ", cut.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal("the body is empty", (await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/tasks", "")).GetProperty("title").GetString());
        Assert.Contains("'x'", await (await service.Socket.GetAsync("/api/v1/runs/x", ServiceRig.Token)).Content.ReadAsStringAsync(ServiceRig.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dead_letters_of_a_class_are_put_back_together()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string flag = Path.Combine(service.Project.Folder, "flag");
        List<string> ids = [];
        foreach (string name in (string[])["a", "b", "other"])
        {
            ids.Add(await service.SubmitAsync($$"""{"class": "{{(name == "other" ? "other" : "mine")}}", "run": "test -e {{flag}}", {{Twice}}}"""));
            await service.UntilAsync(ids[^1], "dead");
        }

        await File.WriteAllTextAsync(flag, "", ServiceRig.Token);
        JsonElement change = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/dead/retry?class=mine");

        Assert.Equal(2, change.GetProperty("tasks").GetArrayLength());
        await service.UntilAsync(ids[0], "succeeded");
        await service.UntilAsync(ids[1], "succeeded");
        await service.UntilAsync(ids[2], "dead");
    }

    [Fact]
    public async Task A_paused_service_accepts_and_starts_nothing_also_after_a_restart()
    {
        using var project = new ProjectRig();
        string waiting;
        await using (ServiceRig service = await ServiceRig.StartAsync(project: project))
        {
            JsonElement intake = await service.ExpectAsync(200, HttpMethod.Post, "/api/v1/pause", """{"reason": "lunch"}""");
            Assert.Equal("paused", intake.GetProperty("state").GetString());
            waiting = await service.SubmitAsync("""{"noop": "0s"}""");
        }

        await using ServiceRig after = await ServiceRig.StartAsync(project: project);
        JsonElement task = await after.UntilAsync(waiting, "ready", "waiting");
        Assert.Contains("lunch", task.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        Assert.Equal("paused", (await after.GetAsync("/health")).GetProperty("status").GetString());

        await after.ExpectAsync(200, HttpMethod.Post, "/api/v1/resume");
        await after.UntilAsync(waiting, "succeeded");
    }

    [Fact]
    public async Task A_draining_service_refuses_with_a_time_to_come_back_and_lets_run_what_runs()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string id = await service.SubmitAsync("""{"run": "sleep 600"}""");
        await service.UntilAsync(id, "running");

        JsonElement intake = await service.ExpectAsync(200, HttpMethod.Post, "/api/v1/drain");

        Assert.Equal("draining", intake.GetProperty("state").GetString());
        Assert.False(intake.GetProperty("idle").GetBoolean());
        await service.ExpectAsync(503, HttpMethod.Post, "/api/v1/tasks", """{"noop": "0s"}""");
        await service.ExpectAsync(503, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: x, noop: 0s}]", "application/yaml");
        await service.ExpectAsync(503, HttpMethod.Get, "/health/ready");
        await service.UntilAsync(id, "running");
        await service.ExpectAsync(200, HttpMethod.Post, "/api/v1/resume");
        await service.SubmitAsync("""{"noop": "0s"}""");
    }

    [Fact]
    public async Task An_agent_is_idle_then_busy_within_its_own_limit_and_unavailable_without_its_program()
    {
        await using ServiceRig service = await ServiceRig.StartAsync("""
            agents:
              sleeper: {command: [sh, -c, "sleep 600 # {{prompt}}"], max_concurrent: 1, capabilities: [csharp, review]}
              ghost: {command: [no-such-program, "{{prompt}}"]}
            """);
        Assert.Equal("idle", (await service.GetAsync("/api/v1/agents/sleeper")).GetProperty("state").GetString());
        string first = await service.SubmitAsync("""{"agent": "sleeper", "prompt": "one"}""");
        string second = await service.SubmitAsync("""{"agent": "sleeper", "prompt": "two"}""");
        await service.UntilAsync(first, "running");
        JsonElement waiting = await service.UntilAsync(second, "ready");

        JsonElement agents = await service.GetAsync("/api/v1/agents");

        JsonElement sleeper = Of(agents, "agents", "name", "sleeper");
        Assert.Equal("busy", sleeper.GetProperty("state").GetString());
        Assert.Equal(1, sleeper.GetProperty("max_concurrent").GetInt32());
        Assert.Equal(["csharp", "review"], sleeper.GetProperty("capabilities").EnumerateArray().Select(static one => one.GetString()));
        Assert.Equal(first, Assert.Single(sleeper.GetProperty("current").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal(1, sleeper.GetProperty("ready").GetInt64());
        Assert.Contains("agent:sleeper", waiting.GetProperty("reasons").ToString(), StringComparison.Ordinal);
        JsonElement ghost = Of(agents, "agents", "name", "ghost");
        Assert.Equal("unavailable", ghost.GetProperty("state").GetString());
        Assert.Contains("no-such-program", ghost.GetProperty("reason").GetString(), StringComparison.Ordinal);
        await service.PostAsync($"/api/v1/tasks/{second}/cancel");
    }

    [Fact]
    public async Task An_agent_is_stuck_when_a_task_lives_long_beyond_the_others_and_writes_nothing()
    {
        var time = new JumpingTime();
        await using ServiceRig service = await ServiceRig.StartAsync(
            """agents: {worker: {command: [sh, -c, "[ {{prompt}} = long ] || exec sleep 1; echo begun; sleep 600"], class: work}}""", time: time);
        for (int i = 0; i < 30 && !(await service.GetAsync("/api/v1/classes")).ToString().Contains("learned", StringComparison.Ordinal); i++)
        {
            await service.UntilAsync(await service.SubmitAsync("""{"agent": "worker", "prompt": "short"}"""), "succeeded"); // until one was measured
        }

        string id = await service.SubmitAsync("""{"agent": "worker", "prompt": "long"}""");
        await service.UntilAsync(id, "running");
        string log = (await service.GetAsync($"/api/v1/tasks/{id}")).GetProperty("attempts")[0].GetProperty("stdout_path").GetString()!;
        while (new FileInfo(log) is not { Exists: true, Length: > 0 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, ServiceRig.Token);
        }

        Assert.Equal("busy", await WorkerAsync());
        time.Jump(TimeSpan.FromMinutes(11));
        JsonElement worker = await service.GetAsync("/api/v1/agents/worker");
        Assert.Equal("stuck", worker.GetProperty("state").GetString());
        Assert.StartsWith($"task {id} runs for 11 min, three times as long as most", worker.GetProperty("reason").GetString(), StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(log, time.GetUtcNow().UtcDateTime); // it writes again
        Assert.Equal("busy", await WorkerAsync());
        time.Jump(TimeSpan.FromMinutes(11));
        Assert.Equal("stuck", await WorkerAsync());
        await service.PostAsync($"/api/v1/tasks/{id}/cancel");
        await service.UntilAsync(id, "cancelled");
        Assert.Equal("idle", await WorkerAsync());

        async Task<string?> WorkerAsync() => (await service.GetAsync("/api/v1/agents/worker")).GetProperty("state").GetString();
    }

    private static JsonElement Of(JsonElement list, string items, string key, string value) =>
        Assert.Single(list.GetProperty(items).EnumerateArray(), one => one.GetProperty(key).GetString() == value);
}
