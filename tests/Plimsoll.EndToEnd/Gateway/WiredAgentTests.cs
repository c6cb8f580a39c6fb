using System.Text.Json;
using Plimsoll.Calibration.ProviderModel;
using Plimsoll.EndToEnd.Agents;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>Real Claude Code, Codex and OpenCode as tasks of a plan: nothing but the configuration of the provider tells them of the gateway.</summary>
public sealed class WiredAgentTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    private const string RealKey = "sk-real-key-of-the-wired-provider";

    [Theory]
    [InlineData("claude", "")]
    [InlineData("codex", "agents: { codex: { model: scripted, gateway: openai } }")]
    [InlineData("opencode", "agents: { opencode: { model: local/scripted, gateway: local } }")]
    public async Task An_agent_works_through_the_gateway_of_its_run(string agent, string settings)
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        using ModelServer server = ModelServer.Start(TimeSpan.Zero, TimeProvider.System);
        using TemporaryProject project = new();
        project.Environment["PATH"] = $"{agents.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        project.Environment["ANTHROPIC_API_KEY"] = RealKey;
        project.Environment["OPENAI_API_KEY"] = RealKey;
        project.Environment["ANTHROPIC_BASE_URL"] = "http://127.0.0.1:1";
        project.Environment["CODEX_HOME"] = project.PathOf(".codex");
        foreach (string quiet in (string[])["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC", "DISABLE_AUTOUPDATER", "OPENCODE_DISABLE_AUTOUPDATE", "OPENCODE_DISABLE_MODELS_FETCH", "OPENCODE_DISABLE_LSP_DOWNLOAD"])
            project.Environment[quiet] = "1";
        Directory.CreateDirectory(project.PathOf(".codex"));
        project.Write("plimsoll.yaml", $$"""
            providers:
              anthropic: { base_url: "{{server.BaseUrl}}", key: { from: ANTHROPIC_API_KEY } }
              openai: { base_url: "{{server.BaseUrl}}", key: { from: OPENAI_API_KEY } }
              local: { kind: openai-compatible, base_url: "{{server.BaseUrl}}", key: { from: OPENAI_API_KEY } }
            {{settings}}
            """);
        project.Write("plan.yaml", $$"""
            tasks: { note: { agent: {{agent}}, prompt: "Create notes-{{agent}}.md with one sentence about this repository.", timeout: 3m } }
            """);
        ProcessResult run = await project.PlimsollAsync("run", "plan.yaml");
        Assert.True(run.ExitCode == 0, $"{run}");
        Assert.NotEmpty(server.Requests);
        using JsonDocument status = JsonDocument.Parse((await project.PlimsollAsync("status", "note", "--json")).Ended(0).Stdout);
        Assert.True(status.RootElement[0].GetProperty("usage").GetProperty("calls").GetInt64() > 0);
        Assert.DoesNotContain(RealKey, run.Stdout + run.Stderr, StringComparison.Ordinal);
        await project.NothingRunsAsync();
    }
}
