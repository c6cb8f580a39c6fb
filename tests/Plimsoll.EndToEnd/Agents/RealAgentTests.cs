using System.Text.Json;
using Plimsoll.Calibration.ProviderModel;
using Plimsoll.EndToEnd.Readme;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>examples/agents.yaml with the real Claude Code and Codex against a model server on loopback.</summary>
public sealed class RealAgentTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    [Fact]
    public async Task Real_agents_edit_in_worktrees_of_their_own_and_their_work_is_shown_and_merged()
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        using ModelServer server = ModelServer.Start(TimeSpan.Zero, TimeProvider.System);
        using TemporaryProject project = new();
        await PrepareAsync(project, server);

        ProcessResult run = await project.PlimsollAsync("run", "agents.yaml");
        run.Ended(0);
        Assert.Contains("POST /v1/messages", server.Requests);
        Assert.Contains("POST /v1/responses", server.Requests);
        Assert.False(File.Exists(project.PathOf("notes-claude.md")), "the project folder was edited instead of the worktree");

        foreach (string agent in (string[])["claude", "codex"])
        {
            ProcessResult diff = (await project.PlimsollAsync("diff", $"{agent}-note")).Ended(0);
            Assert.Contains($"+Written into notes-{agent}.md by a tool call.", diff.Stdout, StringComparison.Ordinal);
        }

        (await project.PlimsollAsync("merge", "1")).Ended(0);
        Assert.Equal("Written into notes-claude.md by a tool call.\n", project.Read("notes-claude.md"));
        Assert.Equal("Written into notes-codex.md by a tool call.\n", project.Read("notes-codex.md"));
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task Real_agents_print_what_the_readme_says()
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        using ModelServer server = ModelServer.Start(TimeSpan.Zero, TimeProvider.System);
        using TemporaryProject project = new();
        await PrepareAsync(project, server);
        await ReadmeTests.FollowAsync(project, Transcript.All.Single(transcript => transcript.Kind == "agents"));
    }

    private async Task PrepareAsync(TemporaryProject project, ModelServer server)
    {
        PointAt(project, server);
        project.Write("agents.yaml", RepositoryFiles.Read("examples/agents.yaml"));
        project.Write(".gitignore", ".codex/\n.claude*\n.cache/\n.npm/\n.local/\n.config/\n");
        await project.CommitAllAsync();
    }

    private void PointAt(TemporaryProject project, ModelServer server)
    {
        project.Environment["PATH"] = $"{agents.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        project.Environment["ANTHROPIC_BASE_URL"] = server.BaseUrl;
        project.Environment["ANTHROPIC_AUTH_TOKEN"] = "test-token";
        project.Environment["ANTHROPIC_API_KEY"] = null;
        project.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        project.Environment["DISABLE_AUTOUPDATER"] = "1";
        project.Environment["OPENAI_API_KEY"] = "test-token";
        project.Environment["CODEX_HOME"] = project.PathOf(".codex");
        // Codex ignores OPENAI_BASE_URL in places; a provider of its own is what it honours everywhere.
        project.Write(".codex/config.toml", $"""
            model = "scripted"
            model_provider = "local"
            [model_providers.local]
            name = "local"
            base_url = {JsonSerializer.Serialize(server.BaseUrl + "/v1")}
            wire_api = "responses"
            env_key = "OPENAI_API_KEY"
            supports_websockets = false
            """);
    }
}
