using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Daemon.Access;
using Plimsoll.Tests.Daemon.Serving;
using Xunit;

namespace Plimsoll.Tests.Daemon.Access;

/// <summary>A task with its token against everything the server answers: what it has not submitted is not there.</summary>
public sealed class SubtreeTests
{
    private const string Secret = "the-work-of-somebody-else";

    private static readonly TimeSpan Listening = TimeSpan.FromMilliseconds(300);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_a_task_can_ask_reaches_a_foreign_task_or_run()
    {
        await using AgentService service = await AgentService.StartAsync(configuration: "templates: { silent: { params: [text], noop: 0s } }\nchannels: { review: { agents: [silent] } }\n");
        await service.PostAsync("/api/v1/messages", $$"""{"channel": "review", "text": "@silent {{Secret}}"}""");
        (string own, string token) = await service.LivingTaskAsync("attacker");
        (string foreign, _) = await service.LivingTaskAsync(Secret);
        string run = (await service.PostAsync("/api/v1/runs", $$"""{"name": "{{Secret}}", "plan": "tasks: { {{Secret}}: { run: 'sleep 60' } }"}""")).Json.GetProperty("run").ToString();
        string lease = (await service.PostAsync("/api/v1/leases", $$"""{"memory": "64M", "purpose": "{{Secret}}", "ttl_seconds": 600, "wait_seconds": 10}""")).Json.GetProperty("id").GetString()!;

        List<string> reached = [];
        int asked = 0;
        foreach ((HttpMethod method, string path) in Requests(service.Routes, foreign, run, lease))
        {
            asked++;
            (int status, string text) = await AskAsync(service, token, method, path);
            bool addressed = path.Contains(foreign, StringComparison.Ordinal) || path.Contains($"/runs/{run}", StringComparison.Ordinal) || path.Contains(lease, StringComparison.Ordinal);
            addressed &= !path.EndsWith("/tasks", StringComparison.Ordinal); // A page of the caller's tasks in that run: it has none.
            if (text.Contains(Secret, StringComparison.Ordinal) || (addressed && status is not (403 or 404)))
            {
                reached.Add($"{method} {path} answered {status}: {text}");
            }
        }

        Assert.Empty(reached);
        Assert.True(asked >= 20, $"only {asked} requests were made");
        Assert.Equal("running", await StateAsync(service, foreign));
        Assert.Equal("running", await StateAsync(service, $"{run}.0"));
        Assert.Equal(200, (await service.GetAsync($"/api/v1/leases/{lease}")).Status);
        Assert.Equal(200, (await service.GetAsync($"/api/v1/tasks/{own}", token)).Status);
        await service.PostAsync($"/api/v1/runs/{run}/cancel", "{}");
        service.EndTask("attacker");
    }

    [Fact]
    public async Task A_grandchild_belongs_to_the_sub_tree_and_an_ended_task_has_no_token()
    {
        await using AgentService service = await AgentService.StartAsync();
        (string parent, string token) = await service.LivingTaskAsync("parent");
        string child = await service.SubmitAsync(
            """{"run": "curl -sf -m 20 -H \"Authorization: Bearer $PLIMSOLL_TOKEN\" -d '{\"run\": \"echo deep\", \"name\": \"grandchild\"}' $PLIMSOLL_URL/api/v1/tasks > grandchild.json"}""", token);
        Assert.Equal("succeeded", await service.EndOfAsync(child));
        string grandchild = JsonElement.Parse(await File.ReadAllTextAsync(Path.Combine(service.Folder, "grandchild.json"), Cancellation)).GetProperty("id").GetString()!;

        Assert.Equal(200, (await service.GetAsync($"/api/v1/tasks/{grandchild}", token)).Status);
        service.EndTask("parent");
        Assert.Equal("succeeded", await service.EndOfAsync(parent));
        Assert.Equal(403, (await service.GetAsync($"/api/v1/tasks/{grandchild}", token)).Status);
    }

    private static IEnumerable<(HttpMethod Method, string Path)> Requests(IReadOnlyList<RouteEndpoint> routes, string task, string run, string lease)
    {
        foreach (RouteEndpoint route in routes)
        {
            IReadOnlyList<string> methods = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [];
            string path = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (route.Metadata.GetMetadata<NeededScope>() is not { Scope: AccessScope.Read or AccessScope.Submit } || path.Contains('*', StringComparison.Ordinal))
            {
                continue;
            }

            path = path.Replace("{task}", task, StringComparison.Ordinal).Replace("{run}", run, StringComparison.Ordinal)
                .Replace("/api/v1/messages", "/api/v1/messages?channel=review", StringComparison.Ordinal)
                .Replace("/leases/{id}", "/leases/" + lease, StringComparison.Ordinal).Replace("{id}", task, StringComparison.Ordinal);
            foreach (string method in methods)
            {
                yield return (HttpMethod.Parse(method), path);
            }
        }
    }

    /// <summary>Reads what comes within a moment: some answers go on.</summary>
    private static async Task<(int Status, string Text)> AskAsync(AgentService service, string token, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, new Uri(service.Url, path));
        request.Headers.Authorization = new("Bearer", token);
        if (method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch)
        {
            request.Content = new StringContent(path.EndsWith("/priority", StringComparison.Ordinal) ? """{"priority": 9}""" : """{"reason": "mine now"}""", Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await service.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Listening);
        var text = new StringBuilder();
        byte[] buffer = new byte[64 << 10];
        try
        {
            await using Stream body = await response.Content.ReadAsStreamAsync(limit.Token);
            while (await body.ReadAsync(buffer, limit.Token) is > 0 and int read)
            {
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException)
        {
            // What goes on has been listened to long enough.
        }

        return ((int)response.StatusCode, text.ToString());
    }

    private static async Task<string> StateAsync(AgentService service, string id) =>
        (await service.GetAsync($"/api/v1/tasks/{id}")).Json.GetProperty("task").GetProperty("state").GetString()!;
}
