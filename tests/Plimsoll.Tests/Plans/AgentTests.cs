using Plimsoll.Plans;
using Plimsoll.Plans.Agents;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class AgentTests
{
    [Theory]
    [InlineData("claude", "claude|-p|--permission-mode|acceptEdits|--|-rf")]
    [InlineData("codex", "codex|exec|--sandbox|workspace-write|--skip-git-repo-check|--|-rf")]
    [InlineData("opencode", "opencode|run|--|-rf")]
    [InlineData("gemini", "gemini|--approval-mode=auto_edit|--prompt=-rf")]
    [InlineData("aider", "aider|--no-suggest-shell-commands|--message=-rf")]
    public void A_prompt_that_begins_with_a_dash_never_becomes_an_option(string agent, string expected)
    {
        CompiledPlan plan = PlanText.Good($"tasks: {{a: {{agent: {agent}, prompt: '-rf'}}}}");
        Assert.Equal(expected.Split('|'), PlanText.Rendered(plan, "a").Arguments);
        Assert.Equal(agent, PlanText.Rendered(plan, "a").Agent);
    }

    [Fact]
    public void No_agent_bypasses_permissions_unless_it_is_written()
    {
        foreach (AgentAdapter adapter in AgentCatalog.All)
        {
            string plan = $"tasks: {{a: {{agent: {adapter.Name}, prompt: hello}}}}";
            string[] safe = [.. PlanText.Rendered(PlanText.Good(plan), "a").Arguments];
            Assert.DoesNotContain(adapter.BypassArguments, safe.Contains);
            Assert.DoesNotContain(safe, one => one.Contains("dangerous", StringComparison.Ordinal) || one.Contains("yolo", StringComparison.Ordinal) || one.Contains("yes", StringComparison.Ordinal));
            CompiledPlan bypass = PlanText.Good(plan, PlanText.Configured($"agents: {{{adapter.Name}: {{permissions: bypass}}}}"));
            Assert.Superset(adapter.BypassArguments.ToHashSet(StringComparer.Ordinal), PlanText.Rendered(bypass, "a").Arguments.ToHashSet(StringComparer.Ordinal));
            Assert.Empty(PlanText.Rendered(bypass, "a").Environment);
        }
    }

    [Fact]
    public void A_single_dash_is_not_read_from_standard_input() =>
        Assert.Equal(" -", PlanText.Rendered(PlanText.Good("tasks: {a: {agent: codex, prompt: '-'}}"), "a").Arguments[^1]);

    [Fact]
    public void An_agent_of_the_configuration_has_its_own_command_and_a_built_in_one_can_be_extended()
    {
        CompiledPlan plan = PlanText.Good(
            """
            tasks:
              a: {agent: mine, matrix: {f: ["x y"]}, prompt: "see {{f}}"}
              b: {agent: claude, prompt: hello, env: {LEVEL: own}}
            """,
            PlanText.Configured("""
                agents:
                  mine: {command: [my-agent, --quiet], class: heavy}
                  claude: {args: [--max-turns, "3"], model: opus, base_url: "http://127.0.0.1:9", env: {LEVEL: agent, KEY: {from: SECRET}}}
                """));
        Assert.Equal(["my-agent", "--quiet", "--", "see x y"], PlanText.Rendered(plan, "a[x y]").Arguments);
        Assert.Equal("heavy", plan.Block.Shapes[plan.Block.ShapeOf[0]].Class);
        Assert.Equal(["claude", "-p", "--permission-mode", "acceptEdits", "--model=opus", "--max-turns", "3", "--", "hello"], PlanText.Rendered(plan, "b").Arguments);
        Assert.Equal(
            ["ANTHROPIC_BASE_URL=http://127.0.0.1:9", "KEY from SECRET", "LEVEL=own"],
            PlanText.Rendered(plan, "b").Environment.Select(e => e.From is null ? $"{e.Name}={e.Value}" : $"{e.Name} from {e.From}").Order(StringComparer.Ordinal));
    }
}
