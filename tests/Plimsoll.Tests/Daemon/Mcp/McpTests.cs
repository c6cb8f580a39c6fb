using System.IO.Pipelines;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Plimsoll.Daemon.Links;
using Plimsoll.Daemon.Mcp;
using Plimsoll.Tests.Daemon.Serving;
using Xunit;

namespace Plimsoll.Tests.Daemon.Mcp;

/// <summary>The official client of the protocol against both transports.</summary>
public sealed class McpTests
{
    private static readonly string[] Promised =
        ["submit_task", "submit_plan", "wait", "cancel", "status", "why", "logs", "lease_memory", "lease_lock", "lease_status", "release_lease", "send_message", "read_messages"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_client_submits_waits_and_reads_what_was_written(bool http)
    {
        await using AgentService service = await AgentService.StartAsync();
        await using McpClient client = http ? await OverHttpAsync(service, service.Token) : await OverStreamsAsync(service);
        Assert.Equal("plimsoll", client.ServerInfo?.Name);

        IList<McpClientTool> tools = await client.ListToolsAsync(cancellationToken: Cancellation);
        Assert.All(Promised, name => Assert.Contains(tools, tool => tool.Name == name));
        Assert.All(tools, static tool => Assert.Equal("object", tool.JsonSchema.GetProperty("type").GetString()));

        JsonElement task = await CallAsync(client, "submit_task", """{"run": "echo hello; echo oops >&2; echo answer=42 >> $PLIMSOLL_OUTPUT"}""");
        string id = task.GetProperty("id").GetString()!;
        JsonElement waited = await CallAsync(client, "wait", $$"""{"tasks": ["{{id}}"], "timeout_seconds": 20}""");
        Assert.True(waited.GetProperty("done").GetBoolean());
        Assert.Equal("42", waited.GetProperty("items")[0].GetProperty("outputs").GetProperty("answer").GetString());
        JsonElement logs = await CallAsync(client, "logs", $$"""{"id": "{{id}}"}""");
        Assert.Equal("hello\n", logs.GetProperty("stdout").GetString());
        Assert.Equal("oops\n", logs.GetProperty("stderr").GetString());
        Assert.Equal("succeeded", (await CallAsync(client, "status", $$"""{"id": "{{id}}"}""")).GetProperty("task").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Plans_locks_reasons_and_cancelling_work_over_the_protocol()
    {
        await using AgentService service = await AgentService.StartAsync();
        await using McpClient client = await OverHttpAsync(service, service.Token);
        JsonElement run = await CallAsync(client, "submit_plan", """{"plan": "tasks: [{id: a, run: 'true'}, {id: b, run: 'true', needs: a}]", "name": "two"}""");
        JsonElement waited = await CallAsync(client, "wait", $$"""{"tasks": ["{{run.GetProperty("run").GetInt32()}}"], "timeout_seconds": 20}""");
        Assert.Equal("succeeded", waited.GetProperty("items")[0].GetProperty("state").GetString());

        JsonElement lease = await CallAsync(client, "lease_lock", """{"lock": "db", "purpose": "migration"}""");
        Assert.Equal("held", lease.GetProperty("state").GetString());
        string blocked = (await CallAsync(client, "submit_task", """{"run": "true", "locks": ["db"]}""")).GetProperty("id").GetString()!;
        Assert.Equal("lock", (await CallAsync(client, "why", $$"""{"id": "{{blocked}}"}""")).GetProperty("reasons")[0].GetProperty("code").GetString());
        await CallAsync(client, "cancel", $$"""{"id": "{{blocked}}", "reason": "changed my mind"}""");
        Assert.Equal("cancelled", await service.EndOfAsync(blocked));
        await CallAsync(client, "release_lease", $$"""{"id": "{{lease.GetProperty("id").GetString()}}", "fence": {{lease.GetProperty("fence").GetInt64()}}}""");
        Assert.Equal("held", (await CallAsync(client, "lease_memory", """{"memory": "64M"}""")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_message_asks_another_agent_and_its_answer_is_read()
    {
        await using AgentService service = await AgentService.StartAsync(slots: 1, configuration: "templates: { echo: { params: [text], run: [echo, '{{text}}'] } }\nchannels: { review: { agents: [echo] } }\n");
        (_, string token) = await service.LivingTaskAsync("parent");
        await using McpClient client = await OverHttpAsync(service, token);

        JsonElement posted = await CallAsync(client, "send_message", """{"channel": "review", "text": "@echo look at PR 7"}""");
        string task = posted.GetProperty("tasks")[0].GetProperty("id").GetString()!;
        Assert.True((await CallAsync(client, "wait", $$"""{"tasks": ["{{task}}"], "timeout_seconds": 20}""")).GetProperty("done").GetBoolean());
        JsonElement read = await CallAsync(client, "read_messages", $$"""{"channel": "review", "after": "{{posted.GetProperty("id").GetString()}}", "wait_seconds": 20}""");
        Assert.Equal("look at PR 7", read.GetProperty("messages")[0].GetProperty("text").GetString());
        Assert.Contains("there is no channel 'x'", await RefusedAsync(client, "send_message", """{"channel": "x", "text": "hello"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_task_reaches_what_it_has_submitted_and_nothing_else()
    {
        await using AgentService service = await AgentService.StartAsync();
        (_, string token) = await service.LivingTaskAsync("agent");
        string foreign = await service.SubmitAsync("""{"run": "true"}""");
        await using McpClient client = await OverHttpAsync(service, token);

        string own = (await CallAsync(client, "submit_task", """{"run": "echo mine"}""")).GetProperty("id").GetString()!;
        Assert.True((await CallAsync(client, "wait", $$"""{"tasks": ["{{own}}"]}""")).GetProperty("done").GetBoolean());
        Assert.Contains("there is no task", await RefusedAsync(client, "logs", $$"""{"id": "{{foreign}}"}"""), StringComparison.Ordinal);
        Assert.Contains("there is no task", await RefusedAsync(client, "wait", $$"""{"tasks": ["{{foreign}}"]}"""), StringComparison.Ordinal);
        Assert.Contains("there is no task", await RefusedAsync(client, "cancel", $$"""{"id": "{{foreign}}"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_parent_that_waits_for_its_children_gives_them_its_slot()
    {
        await using AgentService service = await AgentService.StartAsync(slots: 1);
        (_, string token) = await service.LivingTaskAsync("parent");
        await using McpClient client = await OverHttpAsync(service, token);

        string child = (await CallAsync(client, "submit_task", """{"run": "echo child"}""")).GetProperty("id").GetString()!;
        Assert.False((await CallAsync(client, "wait", $$"""{"tasks": ["{{child}}"], "timeout_seconds": 0}""")).GetProperty("done").GetBoolean());
        Assert.True((await CallAsync(client, "wait", $$"""{"tasks": ["{{child}}"], "timeout_seconds": 20}""")).GetProperty("done").GetBoolean());
        Assert.Equal("child\n", (await CallAsync(client, "logs", $$"""{"id": "{{child}}"}""")).GetProperty("stdout").GetString());
    }

    [Theory]
    [InlineData("submit_task", """{"run": "true", "memori": "1G"}""", "memory")]
    [InlineData("submit_task", """{}""", "the task cannot be accepted")]
    [InlineData("submit_plan", """{"plan": "tasks: [{id: a, needs: b, run: x}]"}""", "b")]
    [InlineData("wait", """{"tasks": ["0.0"]}""", "there is no task or run 0.0")]
    [InlineData("why", """{"id": "../../etc/passwd"}""", "is no id")]
    [InlineData("logs", """{}""", "the argument id is missing")]
    [InlineData("logs", """{"id": "1.0", "tail_bytes": 99999999}""", "1 to 65536")]
    [InlineData("lease_lock", """{}""", "the argument lock is missing")]
    [InlineData("lease_memory", """{"memory": "lots"}""", "size")]
    [InlineData("no_such_tool", """{}""", "The tools are submit_task")]
    public async Task A_wrong_call_is_an_error_the_model_can_act_on(string tool, string arguments, string says)
    {
        await using AgentService service = await AgentService.StartAsync();
        await using McpClient client = await OverHttpAsync(service, service.Token);

        Assert.Contains(says, await RefusedAsync(client, tool, arguments), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_nobody_is_served_over_tcp()
    {
        await using AgentService service = await AgentService.StartAsync();
        using var http = new HttpClient();

        using HttpResponseMessage answer = await http.PostAsync(new Uri(service.Url, "/mcp"), new StringContent("{}"), Cancellation);
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"jsonrpc\": \"2.0\"}")]
    [InlineData("null")]
    public async Task What_is_no_message_is_refused(string body)
    {
        await using AgentService service = await AgentService.StartAsync();

        Assert.Equal(400, (await service.PostAsync("/mcp", body)).Status);
    }

    private static Task<McpClient> OverHttpAsync(AgentService service, string token) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(service.Url, "/mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string>(StringComparer.Ordinal) { ["Authorization"] = $"Bearer {token}" },
        }),
        cancellationToken: Cancellation);

    private static async Task<McpClient> OverStreamsAsync(AgentService service)
    {
        var up = new Pipe();
        var down = new Pipe();
        ServiceLink link = ServiceLink.OfSocket(service.Socket, null);
        _ = McpBridge.RunAsync(link, "1", up.Reader.AsStream(), down.Writer.AsStream(), Cancellation);
        return await McpClient.CreateAsync(new StreamClientTransport(up.Writer.AsStream(), down.Reader.AsStream()), cancellationToken: Cancellation);
    }

    private static async Task<JsonElement> CallAsync(McpClient client, string tool, string arguments)
    {
        CallToolResult result = await SendAsync(client, tool, arguments);
        string text = Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
        Assert.False(result.IsError ?? false, text);
        return JsonElement.Parse(text);
    }

    private static async Task<string> RefusedAsync(McpClient client, string tool, string arguments)
    {
        CallToolResult result = await SendAsync(client, tool, arguments);
        Assert.True(result.IsError);
        return Assert.IsType<TextContentBlock>(Assert.Single(result.Content)).Text;
    }

    private static async Task<CallToolResult> SendAsync(McpClient client, string tool, string arguments) =>
        await client.CallToolAsync(
            tool,
            JsonElement.Parse(arguments).EnumerateObject().ToDictionary(static one => one.Name, static one => (object?)one.Value, StringComparer.Ordinal),
            cancellationToken: Cancellation);
}
