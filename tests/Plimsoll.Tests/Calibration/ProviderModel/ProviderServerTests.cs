using System.Net;
using System.Text;
using Plimsoll.Calibration.ProviderModel.Accounts;
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
