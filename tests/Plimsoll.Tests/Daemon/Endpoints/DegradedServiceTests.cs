using System.Text;
using System.Text.Json;
using Plimsoll.Journal.Native;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class DegradedServiceTests
{
    [Fact]
    public async Task A_journal_that_is_away_refuses_what_is_new_at_once_and_lets_go_on_what_runs()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string go = Path.Combine(service.Project.Folder, "go");
        string went = Path.Combine(service.Project.Folder, "went");
        string id = await service.SubmitAsync($$"""{"run": "until test -e {{go}}; do sleep 0.05; done; touch {{went}}"}""");
        await service.UntilAsync(id, "running");
        Task<JsonElement> under;
        using (SqliteDatabase other = SqliteDatabase.Open(Path.Combine(service.Project.Folder, ".plimsoll", "journal.db"), write: true, TimeSpan.FromSeconds(5)))
        {
            other.Execute("BEGIN IMMEDIATE");
            under = service.ExpectAsync(202, HttpMethod.Post, "/api/v1/tasks", """{"noop": "0s"}"""); // taken before the trouble is known: it waits
            await HealthAsync(service, "degraded");

            await RefusedAsync(service, HttpMethod.Post, "/api/v1/tasks", """{"noop": "0s"}""");
            await RefusedAsync(service, HttpMethod.Post, "/api/v1/runs", """{"plan": "tasks: [{id: x, noop: 0s}]"}""");
            await RefusedAsync(service, HttpMethod.Post, "/api/v1/leases", """{"memory": "1M"}""");
            await RefusedAsync(service, HttpMethod.Patch, "/api/v1/limits", """{"max_concurrent": 2}""");
            await RefusedAsync(service, HttpMethod.Post, "/api/v1/pause", null);
            await RefusedAsync(service, HttpMethod.Post, $"/api/v1/tasks/{id}/retry", null);
            await RefusedAsync(service, HttpMethod.Put, $"/api/v1/tasks/{id}/priority", """{"priority": 3}""");
            await RefusedAsync(service, HttpMethod.Post, "/api/v1/dead/retry", null);
            await service.ExpectAsync(503, HttpMethod.Get, "/health/ready");
            await service.ExpectAsync(200, HttpMethod.Get, $"/api/v1/tasks/{id}");
            await service.ExpectAsync(200, HttpMethod.Get, "/api/v1/nodes");

            await File.WriteAllTextAsync(go, "", ServiceRig.Token);
            await Until.TrueAsync(() => File.Exists(went));
            other.Execute("ROLLBACK");
        }

        await service.UntilAsync(id, "succeeded");
        await service.UntilAsync((await under).GetProperty("id").GetString()!, "succeeded");
        await HealthAsync(service, "ok");
        await service.SubmitAsync("""{"noop": "0s"}""");
    }

    private static async Task HealthAsync(ServiceRig service, string status) =>
        await Until.TrueAsync(async () => (await service.GetAsync("/health")).GetProperty("status").GetString() == status);

    private static async Task RefusedAsync(ServiceRig service, HttpMethod method, string path, string? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using HttpResponseMessage response = await service.Socket.SendAsync(request, ServiceRig.Token).WaitAsync(TimeSpan.FromSeconds(9), ServiceRig.Token);

        Assert.True((int)response.StatusCode == 503, $"{method} {path} answered {response.StatusCode}");
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }
}
