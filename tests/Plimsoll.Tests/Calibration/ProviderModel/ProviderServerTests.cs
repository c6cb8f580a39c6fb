using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Plimsoll.Calibration.ProviderModel.Accounts;
using Plimsoll.Calibration.ProviderModel.Draws;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.Calibration.ProviderModel.Quotas;
using Plimsoll.Calibration.ProviderModel.Serving;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Calibration.ProviderModel;

public sealed class ProviderServerTests
{
    private const string Message = """{"model":"large","max_tokens":32000,"stream":true,"messages":[{"role":"user","content":"hello"}]}""";

    [Fact]
    public async Task A_message_streams_over_http_and_is_charged()
    {
        using ProviderServer server = Server();
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/v1/messages?beta=true", Message);
        Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.ToString()));
        Assert.Equal("999", Assert.Single(response.Headers.GetValues("anthropic-ratelimit-requests-remaining")));
        Assert.EndsWith("data: {\"type\":\"message_stop\"}\n\n", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(50, server.Look((account, now) => account.Charged("large", QuotaDimension.OutputTokens, now)));
    }

    [Fact]
    public async Task A_refusal_has_its_status_and_retry_after()
    {
        using ProviderServer server = Server(FaultKind.RateLimited);
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/v1/messages", Message);
        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter!.Delta);
    }

    [Fact]
    public async Task A_cut_answer_breaks_the_connection()
    {
        using ProviderServer server = Server(FaultKind.Cut);
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/v1/messages", Message);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stalled_answer_never_ends_and_holds_nothing_up_at_the_close()
    {
        ProviderServer server = Server(FaultKind.Stall);
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/v1/messages", Message);
        Task<string> reading = response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        using HttpResponseMessage next = await PostAsync(client, "/v1/messages", Message);
        Assert.EndsWith("\n\n", await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.False(reading.IsCompleted);
        server.Dispose();
        await Task.WhenAny(reading).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Deployments_of_azure_are_models()
    {
        using ProviderServer server = ProviderServer.Start(ProviderOptions.Azure(new(600)).Exact(), new LeapingTime());
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/openai/deployments/east/chat/completions?api-version=1", """{"max_completion_tokens":5}""");
        Assert.Equal(1, server.Look((account, now) => account.Charged("east", QuotaDimension.Requests, now)));
        Assert.Contains("\"completion_tokens\":5", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reset_answer_breaks_the_connection_hard()
    {
        using ProviderServer server = Server(FaultKind.Reset);
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, "/v1/messages", Message);
        HttpRequestException broken = await Assert.ThrowsAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        SocketException reset = Assert.IsType<SocketException>(broken.InnerException!.InnerException ?? broken.InnerException);
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    [Fact]
    public async Task A_split_answer_comes_byte_by_byte_and_is_the_same()
    {
        using ProviderServer whole = Server();
        using ProviderServer split = Server(FaultKind.Split);
        using HttpClient clientOfWhole = Client(whole);
        using HttpClient clientOfSplit = Client(split);
        using HttpResponseMessage expected = await PostAsync(clientOfWhole, "/v1/messages", Message);
        using HttpResponseMessage response = await PostAsync(clientOfSplit, "/v1/messages", Message);
        Assert.Equal(
            await expected.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_silent_answer_has_not_even_headers()
    {
        using ProviderServer server = Server(FaultKind.Silence);
        using HttpClient client = Client(server);
        Task<HttpResponseMessage>[] both = [PostAsync(client, "/v1/messages", Message), PostAsync(client, "/v1/messages", Message)];
        Task<HttpResponseMessage> answered = await Task.WhenAny(both);
        using HttpResponseMessage next = await answered;
        await next.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Task<HttpResponseMessage> silent = both.Single(each => each != answered);
        Assert.False(silent.IsCompleted);
        server.Dispose();
        await Assert.ThrowsAsync<HttpRequestException>(() => silent);
    }

    [Fact]
    public async Task Who_hangs_up_is_charged_no_further()
    {
        using ProviderServer server = ProviderServer.Start(
            ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact() with { FirstTokenSeconds = Spread.Always(0.001), TokensPerSecond = Spread.Always(10) }, TimeProvider.System);
        using HttpClient client = Client(server);
        using (HttpResponseMessage response = await PostAsync(client, "/v1/messages", Message))
        {
            await using Stream stream = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            Assert.True(await stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken) > 0);
        }

        // The rest would take 5 s; when the account has heard of the end, nothing is pending.
        long begun = TimeProvider.System.GetTimestamp();
        while (server.Look((account, _) => account.Pending) > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(30), "the account never heard of the end");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.InRange(server.Look((account, now) => account.Charged("large", QuotaDimension.OutputTokens, now))!.Value, 0, 40);
    }

    [Fact]
    public async Task The_beginning_up_to_a_mark_is_read_from_the_cache_the_second_time()
    {
        using ProviderServer server = Server();
        using HttpClient client = Client(server);
        string text = new('x', 8_000);
        string body = $$$"""{"model":"large","max_tokens":9,"system":[{"type":"text","text":"{{{text}}}","cache_control":{"type":"ephemeral"}}],"messages":[]}""";
        using HttpResponseMessage first = await PostAsync(client, "/v1/messages", body);
        using HttpResponseMessage second = await PostAsync(client, "/v1/messages", body);
        JsonNode written = JsonNode.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["usage"]!;
        JsonNode read = JsonNode.Parse(await second.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["usage"]!;
        Assert.InRange((int)written["cache_creation_input_tokens"]!, 2_000, 2_030);
        Assert.Equal((int)written["cache_creation_input_tokens"]!, (int)read["cache_read_input_tokens"]!);
    }

    [Theory]
    [InlineData("HEAD", "/", 200, "")]
    [InlineData("GET", "/v1/models", 200, "\"object\":\"list\"")]
    [InlineData("GET", "/v1/models/large", 200, "\"id\":\"large\"")]
    [InlineData("POST", "/v1/messages/count_tokens?beta=true", 200, "{\"input_tokens\":1}")]
    [InlineData("POST", "/v1/responses/input_tokens", 200, "\"input_tokens\":1")]
    [InlineData("POST", "/v1/responses/compact", 200, "response.compaction")]
    [InlineData("GET", "/v1/responses/resp_7", 200, "\"id\":\"resp_7\"")]
    [InlineData("PUT", "/v1/models", 404, "not_found_error")]
    public async Task Routes_beside_the_main_ones_are_answered_and_charged_nothing(string method, string path, int status, string says)
    {
        using ProviderServer server = Server();
        using HttpClient client = Client(server);
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = new StringContent("{}");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(0, server.Report().Requests);
    }

    [Fact]
    public async Task A_web_socket_is_refused_with_426()
    {
        using ProviderServer server = Server();
        using HttpClient client = Client(server);
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/responses");
        request.Headers.Connection.Add("Upgrade");
        request.Headers.Upgrade.ParseAdd("websocket");
        using HttpResponseMessage response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UpgradeRequired, response.StatusCode);
    }

    [Fact]
    public async Task The_report_counts_what_was_charged_and_refused()
    {
        using ProviderServer server = Server(FaultKind.None, FaultKind.RateLimited, FaultKind.Overloaded);
        using HttpClient client = Client(server);
        for (int request = 0; request < 3; request++)
            (await PostAsync(client, "/v1/messages", Message)).Dispose();
        ServedReport report = server.Report();
        Assert.Equal((3, 1, 1, 2), (report.Requests, report.RateLimited, report.OtherErrors, report.Faults));
        Assert.Equal(2, report.Dimensions.Single(dimension => dimension.Dimension == QuotaDimension.Requests).Charged);
    }

    [Theory]
    [InlineData("/v1/elsewhere", "{}")]
    [InlineData("/v1/messages", "no JSON")]
    public async Task What_is_not_modelled_is_not_found(string path, string body)
    {
        using ProviderServer server = Server();
        using HttpClient client = Client(server);
        using HttpResponseMessage response = await PostAsync(client, path, body);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static ProviderServer Server(params FaultKind[] script) =>
        ProviderServer.Start(ProviderOptions.Anthropic(QuotaLimits.Anthropic[0]).Exact().With(script), new LeapingTime());

    private static HttpClient Client(ProviderServer server) => new() { BaseAddress = new(server.BaseUrl), Timeout = TimeSpan.FromSeconds(30) };

    private static async Task<HttpResponseMessage> PostAsync(HttpClient client, string path, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(RequestReader.OutputTokensHeader, "50");
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
