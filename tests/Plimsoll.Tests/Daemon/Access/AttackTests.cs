using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Plimsoll.Daemon.Access;
using Plimsoll.Tests.Daemon.Serving;
using Xunit;

namespace Plimsoll.Tests.Daemon.Access;

/// <summary>Attacks over TCP on a real service: each must get nothing, and the service goes on.</summary>
public sealed class AttackTests
{
    private const string Configuration = "templates: { default: { params: [feature], run: [\"echo\", \"{{feature}}\"] } }\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_a_token_nothing_answers_but_health_metrics_templates_the_page_and_its_login()
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        using var http = new HttpClient { BaseAddress = service.Url };
        var open = new List<string>();
        foreach (Microsoft.AspNetCore.Routing.RouteEndpoint route in service.Routes)
        {
            string pattern = "/" + route.RoutePattern.RawText!.TrimStart('/');
            if (route.Metadata.GetMetadata<NeededScope>() is { Scope: AccessScope.None } or { OffLoopback: true })
            {
                open.Add(pattern);
                continue;
            }

            string path = string.Join('/', pattern.Split('/').Select(static part => part.StartsWith('{') ? "1" : part));
            foreach (string method in route.Metadata.GetMetadata<Microsoft.AspNetCore.Routing.HttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                using HttpResponseMessage response = await http.SendAsync(request, Cancellation);
                Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {path}: {response.StatusCode}");
            }
        }

        Assert.Contains("/health", open);
        Assert.Contains("/metrics", open);
        Assert.All(open, static path => Assert.True(
            path is "/health" or "/health/live" or "/health/ready" or "/api/tasks" or "/api/v1/session" or "/" or "/{*path}" or "/api/v1/openapi.json" or "/openapi.json" or "/metrics"
            || Path.GetExtension(path) is ".js" or ".css" or ".svg" or ".html" || path.Contains("slack", StringComparison.Ordinal),
            path));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Host", "127.0.0.1.evil.example:8000")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    [InlineData("Origin", "http://localhost:1")]
    public async Task A_page_elsewhere_and_a_rebound_name_get_nothing(string header, string value)
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        using var http = new HttpClient { BaseAddress = service.Url };
        foreach (string? token in new[] { null, service.Token })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/tasks") { Content = new StringContent("""{"feature": "x"}""") };
            request.Headers.TryAddWithoutValidation(header, value);
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using HttpResponseMessage response = await http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        }

        Assert.Equal(0, (await service.GetAsync("/health")).Json.GetProperty("tasks_queued").GetInt32() + (await service.GetAsync("/api/v1/tasks")).Json.GetProperty("tasks").GetArrayLength());
    }

    [Theory]
    [InlineData("/api/v1/tasks/../../../../etc/passwd/logs")]
    [InlineData("/api/v1/tasks/%2e%2e%2f%2e%2e%2fetc%2fpasswd/logs")]
    [InlineData("/api/v1/tasks/1.0/logs?stream=..%2F..%2Ftoken")]
    [InlineData("/api/v1/tasks/1.0/logs?attempt=..%2F1")]
    [InlineData("/api/v1/tasks/1.0%00/logs")]
    [InlineData("/assets/../../token")]
    [InlineData("/..%2f..%2ftoken")]
    [InlineData("//etc/passwd")]
    public async Task A_path_leads_nowhere_but_to_what_is_served(string path)
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        await service.EndOfAsync(await service.SubmitAsync("""{"run": "echo seen"}"""));
        using RawConnection connection = await RawConnection.OpenAsync(service.Url);
        await connection.SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {service.Token}\r\nConnection: close\r\n\r\n");
        string answer = await connection.ReadToEndAsync();
        Assert.DoesNotContain("root:", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(service.Token, answer, StringComparison.Ordinal);
        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
    }

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", 400)]
    [InlineData("Content-Length: -5\r\n\r\nhello", 400)]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400, 501)]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400, 501)]
    [InlineData("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400)]
    [InlineData("Host: other\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("Bad Header: 1\r\nContent-Length: 2\r\n\r\n{}", 400)]
    [InlineData("Folded: a\r\n b\r\nContent-Length: 2\r\n\r\n{}", 400)]
    public async Task Headers_that_can_be_read_in_two_ways_are_refused(string rest, int status, int otherwise = 400)
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        using RawConnection connection = await RawConnection.OpenAsync(service.Url);
        await connection.SendAsync($"POST /api/tasks HTTP/1.1\r\nHost: localhost\r\n{rest}GET /api/v1/runs HTTP/1.1\r\nHost: localhost\r\n\r\n");
        string answer = await connection.ReadToEndAsync();
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal) || answer.StartsWith($"HTTP/1.1 {otherwise} ", StringComparison.Ordinal), answer);
        Assert.Single(answer.Split("HTTP/1.1 ", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task Bodies_and_headers_without_end_are_cut_off()
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        using (RawConnection announced = await RawConnection.OpenAsync(service.Url))
        {
            await announced.SendAsync($"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {service.Token}\r\nContent-Length: {1L << 40}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 413", await announced.ReadToEndAsync(), StringComparison.Ordinal);
        }

        using (RawConnection chunked = await RawConnection.OpenAsync(service.Url))
        {
            await chunked.SendAsync($"POST /api/v1/tasks HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {service.Token}\r\nTransfer-Encoding: chunked\r\n\r\n");
            string chunk = $"{1 << 20:x}\r\n{new string(' ', 1 << 20)}\r\n";
            bool taken = true;
            for (int sent = 0; sent < 256 && taken; sent++)
            {
                taken = await chunked.SendAsync(chunk);
            }

            // The answer may be lost when the connection is reset under it.
            Assert.False(taken && !(await chunked.ReadToEndAsync()).StartsWith("HTTP/1.1 413", StringComparison.Ordinal));
        }

        using (RawConnection headers = await RawConnection.OpenAsync(service.Url))
        {
            await headers.SendAsync($"GET /health HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 100_000)}\r\n\r\n");
            Assert.StartsWith("HTTP/1.1 431", await headers.ReadToEndAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(200, (await service.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Bodies_that_trickle_are_hung_up_on_while_others_are_served()
    {
        await using AgentService service = await AgentService.StartAsync(configuration: Configuration);
        RawConnection[] slow = [.. await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RawConnection.OpenAsync(service.Url)))];
        foreach (RawConnection one in slow)
        {
            await one.SendAsync("POST /api/tasks HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        }

        Assert.Equal(202, (await service.PostAsync("/api/tasks", """{"feature": "x"}""")).Status);
        string[] answers = await Task.WhenAll(slow.Select(static one => one.ReadToEndAsync()));
        Assert.All(answers, static answer => Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), answer));
        foreach (RawConnection one in slow)
        {
            one.Dispose();
        }
    }

    [Fact]
    public async Task Guessed_tokens_are_all_refused_alike_and_leave_a_trace()
    {
        await using AgentService service = await AgentService.StartAsync();
        string right = service.Token;
        string[] guesses =
        [
            "", " ", "x", right[..^1], right + "0", right.ToUpperInvariant(), "pls_", "pla_1.1.1." + new string('0', 40), "plt_" + new string('0', 64), "pla_x.y.z.w", "pla_....",
            .. Enumerable.Range(0, 100).Select(static number => "pls_" + number.ToString("x64", CultureInfo.InvariantCulture)),
        ];
        using var http = new HttpClient { BaseAddress = service.Url };
        var titles = new HashSet<string>(StringComparer.Ordinal);
        foreach (string guess in guesses)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/runs");
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {guess}");
            using HttpResponseMessage response = await http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
            titles.Add(JsonElement.Parse(await response.Content.ReadAsStringAsync(Cancellation)).GetProperty("title").GetString()!);
        }

        Assert.Single(titles);
        Assert.Equal(200, (await service.GetAsync("/api/v1/runs", right)).Status);
        await Until.TrueAsync(() => Audit(service).Contains("access.refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_named_token_does_what_its_scope_says_survives_a_restart_and_ends_when_it_is_revoked()
    {
        await using AgentService service = await AgentService.StartAsync();
        string read = await TokenAsync(service, """{"name": "eyes", "scope": "read"}""");
        string submit = await TokenAsync(service, """{"name": "ci", "scope": "submit", "expires_in_seconds": 3600}""");
        Assert.Equal(400, (await service.PostAsync("/api/v1/tokens", """{"name": "ci", "scope": "read"}""")).Status);
        foreach (string wrong in new[] { """{"name": "a b", "scope": "read"}""", """{"name": "x", "scope": "root"}""", """{"name": "x", "scope": "3"}""", """{"name": "x", "scope": "read", "expires_in_seconds": -1}""", "{}" })
        {
            Assert.Equal(400, (await service.PostAsync("/api/v1/tokens", wrong)).Status);
        }

        await service.RestartAsync();
        Assert.Equal((200, 403, 403), ((await service.GetAsync("/api/v1/runs", read)).Status, (await service.PostAsync("/api/v1/tasks", """{"run": ["true"]}""", read)).Status, (await service.GetAsync("/api/v1/tokens", read)).Status));
        Assert.Equal((202, 403), ((await service.PostAsync("/api/v1/tasks", """{"run": ["true"]}""", submit)).Status, (await service.PostAsync("/api/v1/tokens", """{"name": "more", "scope": "admin"}""", submit)).Status));
        foreach (string file in Directory.EnumerateFiles(Path.Combine(service.Folder, ".plimsoll")).Where(static file => Path.GetFileName(file).StartsWith("journal", StringComparison.Ordinal)))
        {
            await using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            Assert.DoesNotContain(read[4..], await reader.ReadToEndAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(204, (await service.SendAsync(HttpMethod.Delete, "/api/v1/tokens/eyes")).Status);
        Assert.Equal(403, (await service.GetAsync("/api/v1/runs", read)).Status);
        Assert.Equal(404, (await service.SendAsync(HttpMethod.Delete, "/api/v1/tokens/eyes")).Status);
        Assert.Contains("token.revoke", Audit(service), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_token_of_a_task_is_worth_nothing_once_it_has_ended()
    {
        await using AgentService service = await AgentService.StartAsync();
        (string id, string token) = await service.LivingTaskAsync("parent");
        Assert.Equal(200, (await service.GetAsync($"/api/v1/tasks/{id}", token)).Status);
        service.EndTask("parent");
        await service.EndOfAsync(id);
        Assert.Equal(403, (await service.GetAsync($"/api/v1/tasks/{id}", token)).Status);
    }

    private static async Task<string> TokenAsync(AgentService service, string wanted)
    {
        (int status, JsonElement json) = await service.PostAsync("/api/v1/tokens", wanted);
        Assert.True(status == 201, json.ToString());
        return json.GetProperty("token").GetString()!;
    }

    private static string Audit(AgentService service) => service.GetAsync("/api/v1/audit").GetAwaiter().GetResult().Json.ToString();
}
