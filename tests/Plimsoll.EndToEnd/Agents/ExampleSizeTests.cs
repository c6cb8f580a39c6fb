using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Agents;

/// <summary>The example plans of three sizes with the real Claude Code against the provider that <c>plimsoll bench provider</c> models.</summary>
public sealed class ExampleSizeTests(AgentPrograms agents) : IClassFixture<AgentPrograms>
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(8);
    private static readonly (string Plan, int Tasks)[] Sizes = [("small-fix", 1), ("medium-feature", 4), ("large-refactor", 14)];

    [Fact]
    public async Task Every_agent_of_the_examples_is_answered()
    {
        Component.RequireThat(agents.Missing is null, agents.Missing);
        using TemporaryProject project = new();
        using RunningProcess provider = project.Start("bench", "provider", "--json", "--first-token", "0.2:0", "--output-tokens", "20:0");
        await TemporaryProject.UntilAsync(() => provider.HasEnded || provider.Seen.Contains('\n', StringComparison.Ordinal), "the provider listens");
        using JsonDocument ready = JsonDocument.Parse(provider.Seen.Split('\n')[0]);
        PointAt(project, ready.RootElement.GetProperty("url").GetString()!);
        project.Write("README.md", "# Demo\n\nA tiny projekt.\n");
        project.Write(".gitignore", ".claude*\n.cache/\n.npm/\n.local/\n.config/\n");
        foreach ((string plan, _) in Sizes)
        {
            project.Write($"{plan}.yaml", RepositoryFiles.Read($"examples/{plan}.yaml"));
        }

        await project.CommitAllAsync();
        foreach ((string plan, int tasks) in Sizes.Take(TestLevel.Count(1, Sizes.Length, Sizes.Length)))
        {
            using RunningProcess running = project.Start("run", $"{plan}.yaml", "--json");
            ProcessResult run = (await running.WaitAsync(TestContext.Current.CancellationToken, Patience)).Ended(0);
            using JsonDocument last = JsonDocument.Parse(run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
            Assert.Equal(tasks, last.RootElement.GetProperty("summary").GetProperty("succeeded").GetInt32());
        }

        await project.NothingRunsAsync();
    }

    private void PointAt(TemporaryProject project, string url)
    {
        project.Environment["PATH"] = $"{agents.Programs}:{Environment.GetEnvironmentVariable("PATH")}";
        project.Environment["ANTHROPIC_BASE_URL"] = url;
        project.Environment["ANTHROPIC_AUTH_TOKEN"] = "test-token";
        project.Environment["ANTHROPIC_API_KEY"] = null;
        project.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        project.Environment["DISABLE_AUTOUPDATER"] = "1";
    }
}
