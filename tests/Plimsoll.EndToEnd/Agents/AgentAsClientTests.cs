using System.Text.Json;
using Plimsoll.EndToEnd.Daemon;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>The real Claude Code as a task of <c>plimsoll serve</c>, which uses the service itself over the Model Context Protocol.</summary>
public sealed class AgentAsClientTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    [Theory]
    [InlineData("stdio")]
    [InlineData("http")]
    public async Task Claude_Code_submits_a_task_waits_for_it_and_looks_at_it_with_one_slot_for_both(string transport)
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        using TemporaryProject project = new();
        using ToolCallingModel model = new("""{"name": "child", "run": "echo the child ran > child.txt; echo answer=forty-two >> $PLIMSOLL_OUTPUT"}""");
        foreach ((string name, string? value) in Surroundings(model))
        {
            project.Environment[name] = value;
        }

        project.Write("mcp.json", transport == "http"
            ? """{"mcpServers": {"plimsoll": {"type": "http", "url": "${PLIMSOLL_URL}/mcp", "headers": {"Authorization": "Bearer ${PLIMSOLL_TOKEN}"}}}}"""
            : $$$"""{"mcpServers": {"plimsoll": {"command": {{{JsonSerializer.Serialize(TemporaryProject.Executable)}}}, "args": ["mcp"]} } }""");
        project.Write("agent.sh", "exec claude -p --strict-mcp-config --mcp-config=mcp.json --allowedTools=mcp__plimsoll 'Have a child task run and tell what it said.'\n");

        using ServiceProcess service = new(project, "-j", "1", "--listen", "127.0.0.1:0");
        await service.ReadyAsync();
        Assert.True(await service.SubmitAsync(["""{"name": "parent", "run": "sh agent.sh", "timeout": "2m"}"""]));
        await service.IdleAsync(TimeSpan.FromMinutes(2));

        string[] said = (await project.PlimsollAsync("logs", "1/parent")).Ended(0).StdoutLines;
        Assert.True(said.Contains("The child said: forty-two"), $"{string.Join('\n', said)}\n{string.Join('\n', model.Results)}\n{service.Seen}");
        Assert.Equal("the child ran\n", project.Read("child.txt"));
        Assert.Contains("mcp__plimsoll__lease_memory", model.Offered.Keys);
        JsonElement status = JsonElement.Parse(model.Results.Last()).GetProperty("task");
        Assert.Equal("child", status.GetProperty("name").GetString());
        Assert.Equal("succeeded", status.GetProperty("state").GetString());
    }

    private Dictionary<string, string?> Surroundings(ToolCallingModel model) => new(StringComparer.Ordinal)
    {
        ["PATH"] = $"{agents.Programs}:{Environment.GetEnvironmentVariable("PATH")}",
        ["ANTHROPIC_BASE_URL"] = model.BaseUrl,
        ["ANTHROPIC_AUTH_TOKEN"] = "test-token",
        ["ANTHROPIC_API_KEY"] = null,
        ["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1",
        ["DISABLE_AUTOUPDATER"] = "1",
        ["ENABLE_TOOL_SEARCH"] = "false",

        // Its first turn waits for the server, however busy the machine is.
        ["MCP_CONNECTION_NONBLOCKING"] = "false",
        ["MCP_CONNECT_TIMEOUT_MS"] = "60000",
    };
}
