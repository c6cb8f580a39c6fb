using System.Text.Json;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

public class TaskWaitTests : ServiceConformance
{
    [Fact]
    public async Task A_parent_that_waits_finishes_although_there_is_one_slot()
    {
        await using AgentService service = await StartAsync(slots: 1);
        (_, string token) = await service.LivingTaskAsync("parent");
        string child = await service.SubmitAsync("""{"run": "echo done=yes >> $PLIMSOLL_OUTPUT"}""", token);
        (_, JsonElement before) = await service.GetAsync($"/api/v1/tasks/{child}/wait?timeout=0", token);
        Assert.False(before.GetProperty("done").GetBoolean());

        (int status, JsonElement waited) = await service.GetAsync($"/api/v1/tasks/{child}/wait?timeout=25", token);
        Assert.Equal(200, status);
        Assert.True(waited.GetProperty("done").GetBoolean());
        Assert.Equal("succeeded", waited.GetProperty("items")[0].GetProperty("state").GetString());
        Assert.Equal("yes", waited.GetProperty("items")[0].GetProperty("outputs").GetProperty("done").GetString());
    }

    [Fact]
    public async Task A_wait_that_was_broken_off_gives_the_slot_back_to_the_parent()
    {
        await using AgentService service = await StartAsync(slots: 1);
        (string parent, string token) = await service.LivingTaskAsync("parent");
        string hanging = await service.SubmitAsync("""{"run": "while [ ! -e child.end ]; do sleep 0.05; done"}""", token);
        Assert.False((await service.PostAsync("/api/v1/wait", $$"""{"tasks": ["{{hanging}}"], "timeout_seconds": 0.2}""", token)).Json.GetProperty("done").GetBoolean());

        // The child has the slot now; with the parent back above the count, the next task waits for both.
        string next = await service.SubmitAsync("""{"run": "true"}""");
        service.EndTask("child");
        Assert.Equal("succeeded", await service.EndOfAsync(hanging));
        Assert.False((await service.GetAsync($"/api/v1/tasks/{next}/wait?timeout=0.3")).Json.GetProperty("done").GetBoolean());
        service.EndTask("parent");
        Assert.Equal("succeeded", await service.EndOfAsync(parent));
        Assert.Equal("succeeded", await service.EndOfAsync(next));
    }

    [Fact]
    public async Task Failures_end_a_wait_and_say_why()
    {
        await using AgentService service = await StartAsync();
        string bad = await service.SubmitAsync("""{"run": "exit 7"}""");

        (_, JsonElement waited) = await service.GetAsync($"/api/v1/tasks/{bad}/wait?timeout=25");
        Assert.Equal("failed", waited.GetProperty("items")[0].GetProperty("state").GetString());
        Assert.Equal("exit code 7", waited.GetProperty("items")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData("""{"tasks": ["9999.1"]}""", 404)]
    [InlineData("""{"tasks": ["../etc"]}""", 404)]
    [InlineData("""{"tasks": []}""", 400)]
    [InlineData("""{"tasks": ["1.0"], "timeout_seconds": "long"}""", 400)]
    [InlineData("""{"task": "1.0"}""", 400)]
    public async Task A_wait_for_nothing_is_refused(string body, int expected)
    {
        await using AgentService service = await StartAsync();

        Assert.Equal(expected, (await service.PostAsync("/api/v1/wait", body)).Status);
    }
}
