using System.Net;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Plimsoll.Tests.Daemon.Endpoints;

public sealed class SessionEndpointsTests
{
    private const string Session = "/api/v1/session";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cookie_of_a_token_reads_and_changes_nothing_without_the_header()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        using HttpClient browser = Browser(service);
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync(Session, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync("/api/v1/overview", Token)).StatusCode);

        HttpResponseMessage login = await LoginAsync(browser, AdminToken(service));
        string cookie = Assert.Single(login.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(AdminToken(service), cookie, StringComparison.Ordinal);
        JsonElement session = await BodyAsync(login);
        Assert.Equal("admin", session.GetProperty("scope").GetString());

        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/api/v1/overview", Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(browser, "/api/v1/pause", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(browser, "/api/v1/pause", "0123")).StatusCode);
        Assert.True((await PostAsync(browser, "/api/v1/pause", session.GetProperty("csrf").GetString())).IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_session_outlives_a_restart_of_the_service_and_ends_with_a_logout()
    {
        using var project = new ProjectRig();
        string cookie;
        await using (ServiceRig first = await ServiceRig.StartAsync(project: project))
        {
            using HttpClient browser = Browser(first);
            cookie = Assert.Single((await LoginAsync(browser, AdminToken(first))).Headers.GetValues("Set-Cookie")).Split(';')[0].Split('=')[1];
        }

        string kept = Path.Combine(project.Folder, ".plimsoll", "sessions");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(kept));
        Assert.DoesNotContain(cookie, await File.ReadAllTextAsync(kept, Token), StringComparison.Ordinal);
        await using ServiceRig second = await ServiceRig.StartAsync(project: project);
        using HttpClient again = Browser(second, cookies: false);
        again.DefaultRequestHeaders.Add("Cookie", $"plimsoll_{second.Tcp.BaseAddress!.Port}={cookie}");
        JsonElement session = await BodyAsync(await again.GetAsync(Session, Token));
        using var logout = new HttpRequestMessage(HttpMethod.Delete, Session) { Headers = { { "X-Plimsoll-Csrf", session.GetProperty("csrf").GetString() } } };
        Assert.Equal(HttpStatusCode.NoContent, (await again.SendAsync(logout, Token)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await again.GetAsync("/api/v1/overview", Token)).StatusCode);
    }

    [Theory]
    [InlineData("""{"token": ""}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token": "pls_wrong"}""", HttpStatusCode.Unauthorized)]
    [InlineData("""{"token": 7}""", HttpStatusCode.BadRequest)]
    [InlineData("nonsense", HttpStatusCode.BadRequest)]
    public async Task What_is_no_token_begins_no_session(string body, HttpStatusCode expected)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        using HttpClient browser = Browser(service);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        HttpResponseMessage answer = await browser.PostAsync(Session, content, Token);
        Assert.Equal(expected, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Files_of_the_dashboard_come_with_a_policy_that_allows_nothing_from_elsewhere()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        foreach ((string path, string type) in ((string, string)[])[("/", "text/html"), ("/app.js", "text/javascript"), ("/base.css", "text/css"), ("/mark.svg", "image/svg+xml"), ("/pages/run.js", "text/javascript")])
        {
            HttpResponseMessage answer = await service.Tcp.GetAsync(path, Token);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
            Assert.StartsWith("default-src 'self';", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
            using var again = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            Assert.Equal(HttpStatusCode.NotModified, (await service.Tcp.SendAsync(again, Token)).StatusCode);
        }

        string index = await service.Tcp.GetStringAsync(new Uri("/", UriKind.Relative), Token);
        Assert.DoesNotContain("style=", index, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", index, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await service.Tcp.GetAsync("/../plimsoll.yaml", Token)).StatusCode is var status && status == HttpStatusCode.Unauthorized ? HttpStatusCode.NotFound : status);
    }

    [Fact]
    public async Task The_overview_and_the_columns_of_a_run_say_what_happens()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 1);
        await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", "tasks: [{id: a, run: exec sleep 300}, {id: b, run: exec sleep 300}, {id: c, needs: [a], run: 'true'}]", "application/yaml");
        await service.UntilAsync("1.0", "running");
        JsonElement now = await service.GetAsync("/api/v1/overview");
        Assert.Equal("a", Assert.Single(now.GetProperty("running").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal("concurrency", Assert.Single(now.GetProperty("waiting").EnumerateArray()).GetProperty("reason").GetProperty("code").GetString());
        Assert.Equal(1, Assert.Single(now.GetProperty("causes").EnumerateArray()).GetProperty("tasks").GetInt32());
        JsonElement line = now.GetProperty("line");
        Assert.Equal(line.GetProperty("total_bytes").GetInt64(), line.GetProperty("capacity_bytes").GetInt64() + line.GetProperty("reserve_bytes").GetInt64());
        JsonElement graph = await service.GetAsync("/api/v1/runs/1/graph");
        Assert.Equal(["a", "b", "c"], graph.GetProperty("names").EnumerateArray().Select(static name => name.GetString()));
        Assert.Equal(0, Assert.Single(graph.GetProperty("from").EnumerateArray()).GetInt32());
        Assert.Matches("^[Ra]ww$", (await service.GetAsync("/api/v1/runs/1/columns")).GetProperty("states").GetString());
    }

    [Fact]
    public async Task Two_hundred_open_dashboards_cost_one_reading_a_second()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        long began = TimeProvider.System.GetTimestamp();
        HttpResponseMessage[] streams = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => service.Socket.GetAsync(new Uri("/api/v1/overview/live", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token)));
        var first = new HashSet<string>(StringComparer.Ordinal);
        foreach (HttpResponseMessage stream in streams)
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
            first.Add((await reader.ReadLineAsync(Token))!);
            stream.Dispose();
        }

        double seconds = TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        Assert.True(first.Count <= seconds + 3, $"the 200 saw {first.Count} different first frames in {seconds:0.0} s");
        Assert.Equal("ok", (await service.GetAsync("/health")).GetProperty("status").GetString());
    }

    private static string AdminToken(ServiceRig service) => File.ReadAllText(service.Session.Ready.TokenFile).Trim();

    private static HttpClient Browser(ServiceRig service, bool cookies = true) => new(new SocketsHttpHandler { UseCookies = cookies }) { BaseAddress = service.Tcp.BaseAddress };

    private static Task<HttpResponseMessage> LoginAsync(HttpClient browser, string token) => PostAsync(browser, Session, null, JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { ["token"] = token }));

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string path, string? csrf, string body = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (csrf is not null)
        {
            request.Headers.Add("X-Plimsoll-Csrf", csrf);
        }

        return await browser.SendAsync(request, Token);
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token)).RootElement;
}
