using Plimsoll.Core.Capacity;
using Plimsoll.Core.Graphs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Rendering;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class PlanFormatTests
{
    [Fact]
    public void A_task_compiles_with_every_key_it_can_have()
    {
        CompiledPlan plan = PlanText.Good("""
            name: all
            locks: {gpu: 4}
            tasks:
              first: {noop: 10ms}
              second:
                run: make all
                needs: [first]
                outputs: [version]
                env: {A: text, B: {from: HOME}}
                cwd: sub
                timeout: 1h30m
                retries: {max: 3, backoff: {base: 2s, cap: 1m}, retry_on: [timed_out, 75]}
                priority: 7
                locks: {gpu: 2, cache: shared, port: exclusive}
                cpu: 1.5
                memory: 1.5G
                size: 1000
                memory_limit: 2G
                class: build
                exclusive: true
                workspace: worktree
                isolation: process
                breaker: {failures: 3, window: 10s, open_for: 5s}
                expected: 20s
                when: needs.first.outcome == 'succeeded'
            """);

        TaskBlock block = plan.Block;
        Assert.Equal("all", plan.Name);
        Assert.Equal(["first -> second"], PlanText.Edges(plan));
        Assert.Equal([1], block.Conditional);
        Assert.Equal(7, block.Priority[1]);
        Assert.Equal(20f, block.Rank[1]);
        Assert.Equal(20.01f, block.Rank[0], 0.001f);
        TaskShape shape = block.Shapes[block.ShapeOf[1]];
        Assert.Equal("build", shape.Class);
        Assert.Equal(new Bytes(1610612736), shape.Memory);
        Assert.Equal(1.5, shape.Cpu);
        Assert.InRange(shape.Size, 1000, 1091);
        Assert.True(shape.Exclusive);
        Assert.Equal(
            [new LockClaim("cache", LockMode.Shared, 1), new LockClaim("gpu", LockMode.Counted, 2), new LockClaim("port", LockMode.Exclusive, 1)],
            shape.Locks);
        TaskPolicy policy = block.Policies[block.PolicyOf[1]];
        Assert.Equal(3, policy.Retry.Retries);
        Assert.Equal(new BackoffPolicy(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(1)), policy.Retry.Backoff);
        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Failed], policy.Retry.Outcomes);
        Assert.Equal([75], policy.Retry.ExitCodes);
        Assert.Equal(TimeSpan.FromMinutes(90), policy.Timeout);
        Assert.Equal(new BreakerPolicy(3, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5)), policy.Breaker);
        Assert.Equal(4, plan.LockUnits["gpu"]);

        RenderedTask task = PlanText.Rendered(plan, "second");
        Assert.Equal(["/bin/sh", "-c", "make all", "sh"], task.Arguments);
        Assert.Equal([new EnvironmentEntry("A", "text", null), new EnvironmentEntry("B", null, "HOME")], task.Environment);
        Assert.Equal("sub", task.WorkingFolder);
        Assert.Equal(WorkspaceKind.Worktree, task.Workspace);
        Assert.Equal(new Bytes(2L << 30), task.MemoryLimit);
        Assert.Equal(["version"], task.DeclaredOutputs);
        Assert.Equal(("process", null), (task.Isolation, task.Image));
        Assert.Equal(TimeSpan.FromMilliseconds(10), PlanText.Rendered(plan, "first").Duration);
    }

    [Fact]
    public void A_size_may_differ_in_each_member_of_a_matrix()
    {
        CompiledPlan plan = PlanText.Good("tasks: {a: {run: 'ls {{f}}', size: '{{ n }}', matrix: {f: [x, y], n: [1, 1.5K, 2048]}}, b: {run: ls, size: 2M}}");
        double[] sizes = [.. plan.Block.ShapeOf.Select(shape => plan.Block.Shapes[shape].Size)];
        Assert.Equal([1, 1536, 2048, 1, 1536, 2048, 1 << 21], sizes.Select(size => Math.Round(size)), (left, right) => right >= left && right < 1.1 * left);
        Assert.Equal(4, plan.Block.Shapes.Length);
    }

    [Theory]
    [InlineData("image: alpine", "container")]
    [InlineData("image: alpine, isolation: auto", "container")]
    [InlineData("image: alpine, isolation: container", "container")]
    [InlineData("isolation: cgroup", "cgroup")]
    public void An_image_makes_a_container(string keys, string isolation)
    {
        RenderedTask task = PlanText.Rendered(PlanText.Good($"tasks: {{a: {{run: ls, {keys}}}}}"), "a");
        Assert.Equal((isolation, isolation == "container" ? "alpine" : null), (task.Isolation, task.Image));
    }

    [Fact]
    public void Tasks_can_be_a_list_with_ids_in_json()
    {
        CompileResult result = PlanText.Compile(
            """{"tasks":[{"id":"a","run":["echo","\ud83d\ude00"]},{"id":"b","run":"true","after":"a"}]}""", format: PlanFormat.Json);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(["a ~> b"], PlanText.Edges(result.Plan!));
        Assert.Equal(["echo", "😀"], PlanText.Rendered(result.Plan!, "a").Arguments);
    }

    [Fact]
    public void Defaults_are_inherited_unless_a_task_writes_the_key_itself()
    {
        CompiledPlan plan = PlanText.Good("""
            defaults: {retries: 2, timeout: 30m, env: {A: "1", B: "1"}, memory: 1G}
            tasks:
              a: {run: make}
              b: {run: make, retries: 0, env: {B: "2"}}
            """);
        TaskPolicy a = plan.Block.Policies[plan.Block.PolicyOf[0]];
        TaskPolicy b = plan.Block.Policies[plan.Block.PolicyOf[1]];
        Assert.Equal((2, TimeSpan.FromMinutes(30)), (a.Retry.Retries, a.Timeout));
        Assert.Equal((0, TimeSpan.FromMinutes(30)), (b.Retry.Retries, b.Timeout));
        Assert.Equal(["A=1", "B=2"], PlanText.Rendered(plan, "b").Environment.Select(e => $"{e.Name}={e.Value}").Order());
        Assert.Single(plan.Block.Shapes);
    }

    [Fact]
    public void A_matrix_expands_to_named_members_and_its_id_means_all_of_them()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              t:
                matrix: {x: [a, b], n: [1, 2]}
                run: [echo, "{{x}}-{{n}}"]
              one: {needs: ["t[b,1]"], run: "true"}
              all: {needs: t, run: "true"}
            """);
        Assert.Equal(["t[a,1]", "t[a,2]", "t[b,1]", "t[b,2]", "one", "all"], PlanText.Names(plan));
        Assert.Equal(["echo", "b-1"], PlanText.Rendered(plan, "t[b,1]").Arguments);
        Assert.Equal(
            ["t[b,1] -> one", "t[a,1] -> all", "t[a,2] -> all", "t[b,1] -> all", "t[b,2] -> all"],
            PlanText.Edges(plan));
    }

    [Fact]
    public void A_need_can_name_the_member_with_the_same_value()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              build: {matrix: {file: [a, b]}, run: [cc, "{{file}}"], outputs: [path]}
              test: {matrix: {file: [a, b]}, needs: ["build[{{file}}]"], run: ["./run", "{{needs.build.path}}"]}
            """);
        Assert.Equal(["build[a] -> test[a]", "build[b] -> test[b]"], PlanText.Edges(plan));
        PlanText.FakeValues values = new() { Outputs = { ["build[a].path"] = "out/a", ["build[b].path"] = "out/b" } };
        Assert.Equal(["./run", "out/b"], PlanText.Rendered(plan, "test[b]", values).Arguments);
    }

    [Fact]
    public void Outputs_of_a_whole_matrix_are_joined_by_lines()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              part: {matrix: {n: [1, 2]}, run: work}
              sum: {needs: [part], run: [add, "{{needs.part.value}}"]}
            """);
        PlanText.FakeValues values = new() { Outputs = { ["part[1].value"] = "3", ["part[2].value"] = "4" } };
        Assert.Equal(["add", "3\n4"], PlanText.Rendered(plan, "sum", values).Arguments);
        Assert.Contains("part[1] wrote no output value", PlanText.Render(plan, "sum").Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_template_gets_its_parameters_from_the_task()
    {
        CompiledPlan plan = PlanText.Good(
            """
            params: {tool: eslint}
            tasks:
              lint: {template: lint, matrix: {f: [a.js]}, params: {file: "src/{{f}}"}, timeout: 1m}
            """,
            PlanText.Configured("""templates: {lint: {params: {file: null, mode: strict}, run: ["{{tool}}", "--{{mode}}", "{{file}}"], timeout: 5m}}"""));
        Assert.Equal(["eslint", "--strict", "src/a.js"], PlanText.Rendered(plan, "lint[a.js]").Arguments);
        Assert.Equal("template:lint", plan.Block.Shapes[0].Class);
        Assert.Equal(TimeSpan.FromMinutes(1), plan.Block.Policies[0].Timeout);
    }

    [Fact]
    public void Classes_come_from_the_work_and_breakers_from_agents()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              shell: {run: "A=1 dotnet build"}
              argv: {run: [/usr/bin/python3, x.py]}
              noop: {noop: 1s}
              agent: {agent: claude, prompt: hello}
              off: {agent: claude, prompt: hello, breaker: off}
            """);
        Assert.Equal(["dotnet", "python3", "noop", "agent:claude", "agent:claude"], plan.Block.ShapeOf.Select(s => plan.Block.Shapes[s].Class));
        Assert.Equal([null, null, null, BreakerPolicy.Default, null], plan.Block.PolicyOf.Select(p => plan.Block.Policies[p].Breaker));
    }

    [Fact]
    public void Ranks_add_up_along_the_longest_chain()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              a: {noop: 1s}
              b: {noop: 10s, needs: a}
              c: {noop: 2s, needs: a}
              d: {noop: 3s, needs: [b, c]}
            """);
        Assert.Equal([14f, 13f, 5f, 3f], plan.Block.Rank);
    }

    [Fact]
    public void Anchors_and_merge_keys_are_understood()
    {
        CompiledPlan plan = PlanText.Good("""
            tasks:
              a: &base {run: make, memory: 1G}
              b: {<<: *base, memory: 2G}
            """);
        Assert.Equal([new Bytes(1L << 30), new Bytes(2L << 30)], plan.Block.ShapeOf.Select(s => plan.Block.Shapes[s].Memory!.Value));
    }
}
