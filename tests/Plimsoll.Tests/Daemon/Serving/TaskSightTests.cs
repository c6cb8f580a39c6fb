using System.Text.Json;
using Plimsoll.Tests.Daemon.Streaming;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

/// <summary>What a task sees of what everybody shares: its own, and nobody else's.</summary>
public sealed class TaskSightTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_hears_of_what_it_has_submitted_and_of_nothing_else()
    {
        await using AgentService service = await AgentService.StartAsync();
        (_, string token) = await service.LivingTaskAsync("parent");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://localhost/api/v1/events");
        request.Headers.Authorization = new("Bearer", token);
        using HttpResponseMessage response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var reader = new SseReader(await response.Content.ReadAsStreamAsync(Cancellation));
        Assert.Equal("opened", (await NextAsync(reader)).Event);

        await service.SubmitAsync("""{"name": "foreign", "noop": "0s"}""");
        await service.SubmitAsync("""{"name": "own", "noop": "0s"}""", token);

        JsonElement heard;
        do
        {
            heard = JsonElement.Parse((await NextAsync(reader)).Data!);
            Assert.False(heard.TryGetProperty("task", out JsonElement task) && task.GetString() == "foreign", heard.ToString());
        }
        while (heard.GetProperty("kind").GetString() != "task_ended");
        Assert.Equal("own", heard.GetProperty("task").GetString());
        service.EndTask("parent");
    }

    [Fact]
    public async Task A_task_counts_foreign_holders_of_a_lock_and_does_not_see_them()
    {
        await using AgentService service = await AgentService.StartAsync();
        (string parent, string token) = await service.LivingTaskAsync("parent");
        string foreign = await service.SubmitAsync("""{"name": "foreign", "run": "sleep 600", "locks": ["door"]}""");
        await Until.TrueAsync(async () => (await service.GetAsync("/api/v1/locks?name=door")).Json.GetProperty("locks").EnumerateArray().Any(static door => door.GetProperty("holders").GetArrayLength() == 1));

        (int status, JsonElement locks) = await service.GetAsync("/api/v1/locks?name=door", token);

        Assert.Equal(200, status);
        JsonElement seen = Assert.Single(locks.GetProperty("locks").EnumerateArray());
        Assert.Equal(1, seen.GetProperty("taken").GetDouble());
        Assert.Empty(seen.GetProperty("holders").EnumerateArray());
        Assert.Equal(404, (await service.GetAsync($"/api/v1/tasks/{foreign}/logs", token)).Status);
        Assert.Equal(403, (await service.SendAsync(HttpMethod.Patch, "/api/v1/limits", """{"max_concurrent": 9}""", token)).Status);
        Assert.Equal(403, (await service.PostAsync("/api/v1/pause", "{}", token)).Status);
        Assert.Equal(200, (await service.GetAsync($"/api/v1/tasks/{parent}", token)).Status);
        await service.PostAsync($"/api/v1/tasks/{foreign}/cancel", "{}");
        service.EndTask("parent");
    }

    private static Task<SseFrame> NextAsync(SseReader reader) => reader.NextAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
}
