using System.Text.Json;
using Plimsoll.Calibration.ProviderModel.Faults;
using Plimsoll.EndToEnd.Agents;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Gateway;

/// <summary>Real Claude Code, Codex and OpenCode, unmodified, through the gateway to a provider that misbehaves.</summary>
public sealed class GatewayAgentTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    private const string Prompt = "Say that you are done.";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>What the provider does to the first requests of an agent.</summary>
    public static TheoryData<string> Weather => ["", "RateLimited Overloaded", "Cut", "Reset Overloaded", "Split Split"];

    [Theory]
    [MemberData(nameof(Weather))]
    public async Task Claude_Code_finishes(string faults)
    {
        await using GatewayScene scene = await StartAsync(anthropic: true, faults);
        using TemporaryProject project = new();
        project.Environment["ANTHROPIC_BASE_URL"] = scene.Url;
        project.Environment["ANTHROPIC_AUTH_TOKEN"] = scene.Key;
        project.Environment["ANTHROPIC_API_KEY"] = null;
        project.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        project.Environment["DISABLE_AUTOUPDATER"] = "1";
        await FinishesAsync(scene, project, "claude", "-p", "--permission-mode", "acceptEdits", "--", Prompt);
    }

    [Theory]
    [MemberData(nameof(Weather))]
    public async Task Codex_finishes(string faults)
    {
        await using GatewayScene scene = await StartAsync(anthropic: false, faults);
        using TemporaryProject project = new();
        project.Environment["OPENAI_API_KEY"] = scene.Key;
        project.Environment["CODEX_HOME"] = project.PathOf(".codex");
        project.Write(".codex/config.toml", $"""
            model = "scripted"
            model_provider = "local"
            [model_providers.local]
            name = "local"
            base_url = {JsonSerializer.Serialize(scene.Url + "/v1")}
            wire_api = "responses"
            env_key = "OPENAI_API_KEY"
            supports_websockets = false
            """);
        await FinishesAsync(scene, project, "codex", "exec", "--sandbox", "workspace-write", "--skip-git-repo-check", "--", Prompt);
    }

    [Theory]
    [MemberData(nameof(Weather))]
    public async Task OpenCode_finishes(string faults)
    {
        await using GatewayScene scene = await StartAsync(anthropic: false, faults);
        using TemporaryProject project = new();
        foreach (string quiet in (string[])["AUTOUPDATE", "MODELS_FETCH", "LSP_DOWNLOAD"])
            project.Environment[$"OPENCODE_DISABLE_{quiet}"] = "1";
        project.Write("opencode.json", $$$$"""
            {"provider":{"local":{"npm":"@ai-sdk/openai-compatible","options":{"baseURL":"{{{{scene.Url}}}}/v1","apiKey":"{{{{scene.Key}}}}"},"models":{"scripted":{"name":"scripted"} } } },
             "model":"local/scripted","small_model":"local/scripted"}
            """);
        await FinishesAsync(scene, project, "opencode", "run", "--model=local/scripted", "--", Prompt);
    }

    private async Task<GatewayScene> StartAsync(bool anthropic, string faults)
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        return await GatewayScene.StartAsync(anthropic, [.. faults.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<FaultKind>)]);
    }

    private async Task FinishesAsync(GatewayScene scene, TemporaryProject project, string agent, params string[] arguments)
    {
        // OpenCode believes this more than its working folder.
        project.Environment["PWD"] = project.Folder;
        using RunningProcess running = RunningProcess.Start(Path.Combine(agents.Programs, agent), arguments, project.Folder, project.Environment);
        ProcessResult ended = (await running.WaitAsync(TestContext.Current.CancellationToken, Patience)).Ended(0);
        Assert.Contains("tok tok tok", ended.Stdout, StringComparison.Ordinal);
        Assert.Contains(scene.Calls, call => call.Status == 200 && call.Usage.OutputTokens > 0);
        Assert.DoesNotContain(scene.Calls, call => call.Status == 429);
    }
}
