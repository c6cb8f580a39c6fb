using Plimsoll.Core.Capacity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Limits;
using Plimsoll.Plans;
using Plimsoll.Plans.Agents;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Mapping;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class GatewayPlanTests
{
    private const string Anthropic = "anthropic: {key: {from: A}}";
    private const string Both = "anthropic: {}, openai: {}, local: {kind: openai-compatible, base_url: \"http://127.0.0.1:1\"}";

    [Fact]
    public void Agents_use_the_gateway_where_a_provider_speaks_their_dialect()
    {
        CompiledPlan plan = Compile("tasks: {a: {agent: claude, prompt: x}, b: {agent: codex, prompt: x}, c: {agent: gemini, prompt: x}, d: {run: make}}", Anthropic);
        Assert.Equal(["Claude", "-", "-", "-"], Demands(plan));
        Assert.Equal([new LockClaim("anthropic", LockMode.Fed, 1)], plan.Block.Shapes[0].Locks);
        Assert.Empty(plan.Block.Shapes[1].Locks);
    }

    [Fact]
    public void Each_agent_counts_against_the_providers_it_can_use()
    {
        CompiledPlan plan = Compile("tasks: {a: {agent: claude, prompt: x}, b: {agent: codex, prompt: x}, c: {agent: opencode, prompt: x}, d: {run: make, gateway: local}, e: {run: make, gateway: fleet}, f: {agent: claude, prompt: x, gateway: false}}", Both, "pools: {fleet: {endpoints: [openai, {provider: anthropic}]}}");
        Assert.Equal(["anthropic", "local|openai", "anthropic|local|openai", "local", "anthropic|openai", ""], plan.Block.Shapes.Select(shape => string.Join(' ', shape.Locks.Select(claim => claim.Name))));
        Assert.Equal(["Claude", "Codex", "OpenCode", "Sdk local", "Sdk fleet", "-"], Demands(plan));
    }

    [Fact]
    public void An_agent_with_a_base_url_of_its_own_goes_there() =>
        Assert.Equal(["-"], Demands(Compile("tasks: {a: {agent: claude, prompt: x}}", Anthropic, "agents: {claude: {base_url: \"http://127.0.0.1:9\"}}")));

    [Fact]
    public void The_configuration_can_ask_for_plain_commands_too() =>
        Assert.Equal(["Sdk", "-"], Demands(Compile("tasks: {a: {run: make}, b: {run: make, gateway: no}}", Anthropic, "gateway: {tasks: true}")));

    [Fact]
    public void Without_providers_nothing_uses_a_gateway() =>
        Assert.Equal(["-", "-"], Demands(Compile("tasks: {a: {agent: claude, prompt: x}, b: {run: make}}", "")));

    [Fact]
    public void A_map_of_prompts_uses_the_gateway()
    {
        MapCompiler map = MapCompiler.Create(new MapOptions(["say", "{}"], TaskPolicy.Default, Agent: "claude"), Configuration(Anthropic, ""), out _)!;
        CompiledBlock block = map.Compile([new MapLine(1, "x")]);
        Assert.True(block.Block.CallsModels);
        Assert.NotNull(TaskRenderer.Create(block.Document, "plimsoll").Render(0, "1", new PlanText.FakeValues()).Task!.Gateway);
        Assert.Equal([new LockClaim("anthropic", LockMode.Fed, 1)], block.Block.Shapes[0].Locks);
    }

    [Fact]
    public void A_model_call_is_rendered_with_its_values()
    {
        CompiledPlan plan = Compile("params: {who: Ada}\ntasks: {a: {llm: {model: claude-x, prompt: \"greet {{who}}\", system: short, max_tokens: 20, provider: anthropic}}}", Anthropic);
        RenderedTask task = Render(plan, 0);
        Assert.Equal(new ModelCall("claude-x", "greet Ada", "short", 20), task.Call);
        Assert.Equal(new GatewayDemand(GatewayWiring.Call, "anthropic"), task.Gateway);
        Assert.Equal("llm", plan.Block.Shapes[0].Class);
    }

    [Fact]
    public void Limits_of_plan_and_configuration_are_taken_from()
    {
        CompiledPlan plan = Compile("limits: {npm: {sliding_window: 100/10s}}\ntasks: {a: {run: x, limits: [github, npm]}, b: {run: x, limits: {github: 3}, locks: [db]}}", "", "limits: {github: {token_bucket: 60/min, burst: 10}}");
        Assert.Equal([new LockClaim("github", LockMode.Drawn, 1), new LockClaim("npm", LockMode.Drawn, 1)], plan.Block.Shapes[0].Locks);
        Assert.Equal([new LockClaim("db", LockMode.Exclusive, 1), new LockClaim("github", LockMode.Drawn, 3)], plan.Block.Shapes[1].Locks);
        Assert.Equal(new LimitPolicy(Rate.PerMinute(60), 10), plan.Limits["github"]);
        Assert.Equal(2, plan.Limits.Count);
    }

    [Theory]
    [InlineData("a: {run: x, limits: [githb]}", "plan.yaml:1:29: error: task a takes from a limit that is not declared (found githb). Did you mean github? Limits are declared under limits: at the top of the plan or in plimsoll.yaml.")]
    [InlineData("a: {run: x, limits: {github: 11}}", "plan.yaml:1:29: error: task a can never start: it takes 11 from limit github, of which at most 10 fit at once (found github: 11). Take fewer, or raise its burst:.")]
    [InlineData("a: {run: x, limits: {github: 0}}", "plan.yaml:1:38: error: what is taken from github must be a whole number from 1 to 1000000 (found 0). Write a number from 1 to 1000000.")]
    [InlineData("a: {llm: {prompt: x}}", "plan.yaml:1:18: error: llm has no model (found a mapping). Add model: with the name the provider knows.")]
    [InlineData("a: {llm: {model: m, prompt: x, max_token: 1}}", "plan.yaml:1:40: error: unknown key in llm (found max_token). Did you mean max_tokens?")]
    [InlineData("a: {llm: {model: m, prompt: x, provider: anthropc}}", "plan.yaml:1:50: error: there is no provider or pool of this name (found anthropc). Did you mean anthropic?")]
    [InlineData("a: {run: x, gateway: anthropc}", "plan.yaml:1:30: error: there is no provider or pool of this name (found anthropc). Did you mean anthropic?")]
    [InlineData("a: {agent: gemini, prompt: x, gateway: true}", "plan.yaml:1:48: error: agent gemini speaks an API that the gateway does not (found true). Remove gateway: from it.")]
    [InlineData("a: {agent: codex, prompt: x, gateway: true}", "plan.yaml:1:47: error: no configured provider speaks what Codex does (found true). Configured: anthropic.")]
    public void A_mistake_has_a_place_and_a_cure(string task, string expected) =>
        Assert.Equal(expected, PlanText.Single($"tasks: {{{task}}}", Configuration(Anthropic, "limits: {github: {token_bucket: 60/min, burst: 10}}")).ToString());

    [Fact]
    public void Without_a_provider_a_model_call_is_refused_with_the_cure() =>
        Assert.Equal(
            "plan.yaml:1:18: error: llm needs a model provider, and none is configured. Add one under providers: in plimsoll.yaml, for example anthropic: {key: {from: ANTHROPIC_API_KEY}}.",
            PlanText.Single("tasks: {a: {llm: {model: m, prompt: x}}}").ToString());

    private static string[] Demands(CompiledPlan plan) => [.. Enumerable.Range(0, plan.Block.Count).Select(task => Render(plan, task).Gateway is { } demand ? $"{demand.Wiring} {demand.Route}".Trim() : "-")];

    private static RenderedTask Render(CompiledPlan plan, int task) => PlanText.Rendered(plan, plan.Block.Names[task]);

    private static CompiledPlan Compile(string plan, string providers, string more = "") => PlanText.Good(plan, Configuration(providers, more));

    private static PlimsollConfiguration Configuration(string providers, string more) => PlanText.Configured($"providers: {{{providers}}}\n{more}\n");
}
