using System.Text;
using Plimsoll.Core.Units;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class PlanDiagnosticsTests
{
    [Fact]
    public void All_errors_are_told_at_once_with_place_value_and_cure()
    {
        CompileResult result = PlanText.Compile("""
            tasks:
              build:
                run: make
                tiemout: 5m
                memory: 1e30G
              review:
                run: ls
                needs: [biuld]
                cpu: -1
            """);
        Assert.Null(result.Plan);
        Assert.Equal(
            [
                "plan.yaml:4:5: error: unknown key in a task (found tiemout). Did you mean timeout?",
                "plan.yaml:5:13: error: memory must be a size from 1 byte to 1024T (found 1e30G). Write for example 512M or 1.5G.",
                "plan.yaml:8:13: error: task review needs a task that does not exist (found biuld). Did you mean build?",
                "plan.yaml:9:10: error: cpu must be a number from 0 to 65536 (found -1). Write a number from 0 to 65536.",
            ],
            result.Diagnostics.Select(d => d.ToString()));
    }

    [Theory]
    [InlineData("tasks: {a: {run: ls, depends_on: b}}", "Did you mean needs?")]
    [InlineData("tasks: {a: {run: ls, retries: 2, retry_on: [failed]}}", "inside retries")]
    [InlineData("tasks: {a: {run: ls, timeout: soon}}", "must be a duration")]
    [InlineData("tasks: {a: {run: ls, timeout: 99999999d}}", "must be a duration")]
    [InlineData("tasks: {a: {run: ls, memory: -5}}", "must be a size")]
    [InlineData("tasks: {a: {run: ls, isolation: container}}", "no image says which")]
    [InlineData("tasks: {a: {run: ls, image: alpine, isolation: cgroup}}", "has an image and isolation: cgroup")]
    [InlineData("tasks: {a: {run: ls, isolation: none}}", "must be one of auto, cgroup, container, process")]
    [InlineData("tasks: {a: {run: ls, retries: 101}}", "from 0 to 100")]
    [InlineData("tasks: {a: {run: ls, priority: high}}", "whole number")]
    [InlineData("tasks: {a: {run: {x: 1}}}", "shell line or a list")]
    [InlineData("tasks: {a: {}}", "says nothing to do")]
    [InlineData("tasks: {a: {run: ls, noop: 1s}}", "both run and noop")]
    [InlineData("tasks: {a: {agent: claude}}", "no prompt")]
    [InlineData("tasks: {a: {agent: cluade, prompt: x}}", "Did you mean claude?")]
    [InlineData("tasks: {a: {prompt: x, run: ls}}", "a prompt needs an agent")]
    [InlineData("tasks: {a: {llm: {model: m, prompt: hi}}}", "needs a model provider")]
    [InlineData("tasks: {a: {template: none}}", "unknown template")]
    [InlineData("tasks: {'a b': {run: ls}}", "cannot be the id")]
    [InlineData("tasks: {'-a': {run: ls}}", "cannot be the id")]
    [InlineData("tasks: {'7/a': {run: ls}}", "cannot be the id")]
    [InlineData("tasks: {\"a\\e[31m\": {run: ls}}", "cannot be the id")]
    [InlineData("tasks: [{run: ls}]", "has no id")]
    [InlineData("tasks: {a: {run: ls}, a: {run: ls}}", "written twice, first at line 1")]
    [InlineData("tasks: [{id: a, run: ls}, {id: a, run: ls}]", "used twice, first at line 1")]
    [InlineData("tasks: {a: {run: ls, needs: a}}", "cannot need itself")]
    [InlineData("tasks: {a: {run: ls, locks: {gpu: 2}}}", "can never start")]
    [InlineData("tasks: {a: {run: ls, locks: {gpu: many}}}", "shared, exclusive or by a number")]
    [InlineData("tasks: {a: {run: ls, outputs: [outcome]}}", "cannot be the key of an output")]
    [InlineData("tasks: {a: {run: ls, env: {PLIMSOLL_RUN: x}}}", "Plimsoll's own")]
    [InlineData("tasks: {a: {run: ls, env: {X: {form: Y}}}}", "{from: NAME}")]
    [InlineData("tasks: {a: {run: 'echo {{x}}'}}", "has no value of this name")]
    [InlineData("tasks: {a: {run: 'echo {{needs.b.x}}'}, b: {run: ls}}", "does not need b")]
    [InlineData("tasks: {b: {run: ls, outputs: [path]}, a: {needs: b, run: 'echo {{needs.b.paht}}'}}", "Did you mean path?")]
    [InlineData("tasks: {a: {run: 'echo {{x'}}", "never closed")]
    [InlineData("tasks: {a: {run: 'echo {{ 1+1 }}'}}", "neither a value nor an output")]
    [InlineData("tasks: {a: {matrix: {x: [1]}, run: 'echo {{x|upper}}'}}", "unknown filter")]
    [InlineData("tasks: {a: {matrix: {x: []}, run: ls}}", "at least one value")]
    [InlineData("tasks: {a: {matrix: {x: [1, 1]}, run: ls}}", "same name")]
    [InlineData("tasks: {a: {run: ls, when: 'needs.b.x = 1', needs: b}, b: {run: ls}}", "Write ==")]
    [InlineData("tasks: {a: {run: ls, breaker: {failures: 0}}}", "from 1 to 1000")]
    [InlineData("concurrency: 0\ntasks: {a: {run: ls}}", "1 to 1024")]
    [InlineData("concurrency: {policy: tires}\ntasks: {a: {run: ls}}", "Did you mean tiers?")]
    [InlineData("concurrency: {policy: tiers, per_task: 1G}\ntasks: {a: {run: ls}}", "belongs to the policies")]
    [InlineData("task: {a: {run: ls}}", "unknown key in a plan")]
    [InlineData("tasks: {}", "no tasks")]
    [InlineData("just a text", "a plan must be a mapping")]
    [InlineData("", "the file holds no task")]
    [InlineData("tasks: {a: {run: [ls}}", "not valid YAML")]
    [InlineData("a: 1\n---\nb: 2", "more than one document")]
    [InlineData("tasks: {a: {run: *nothing}}", "alias")]
    [InlineData("tasks: {a: {run: ls, cwd: \"a\\0b\"}}", "NUL")]
    public void A_mistake_is_explained(string plan, string expected)
    {
        CompileResult result = PlanText.Compile(plan);
        Assert.Null(result.Plan);
        Assert.Contains(result.Diagnostics, d => d.ToString().Contains(expected, StringComparison.Ordinal));
        Assert.All(result.Diagnostics, d => Assert.True(d.Line > 0 && d.Column > 0));
        Assert.All(result.Diagnostics, d => Assert.DoesNotContain('\e', d.ToString()));
    }

    [Fact]
    public void A_cycle_of_needs_is_printed_whole()
    {
        PlanDiagnostic error = PlanText.Single("""
            tasks:
              start: {run: ls}
              a: {run: ls, needs: [c, start]}
              b: {run: ls, needs: [a]}
              c: {run: ls, needs: [b]}
              end: {run: ls, needs: [c]}
            """);
        Assert.Contains("in a circle", error.Message, StringComparison.Ordinal);
        Assert.Matches("^(a -> b -> c -> a|b -> c -> a -> b|c -> a -> b -> c)$", error.Value);
    }

    [Fact]
    public void A_cycle_through_a_soft_edge_drops_the_least_important_one_with_a_warning()
    {
        CompileResult result = PlanText.Compile("""
            tasks:
              a: {run: ls, after: [c], priority: 5}
              b: {run: ls, after: [a], priority: 1}
              c: {run: ls, needs: [b]}
            """);
        PlanDiagnostic warning = Assert.Single(result.Diagnostics);
        Assert.Equal(PlanSeverity.Warning, warning.Severity);
        Assert.Equal((3, 24), (warning.Line, warning.Column));
        Assert.Contains("b no longer runs after a", warning.Message, StringComparison.Ordinal);
        Assert.Equal(["c ~> a", "b -> c"], PlanText.Edges(result.Plan!));
    }

    [Fact]
    public void One_wrong_line_among_100_000_tasks_is_the_only_error()
    {
        StringBuilder text = new("tasks:\n");
        for (int i = 0; i < 100_000; i++)
        {
            text.Append($"  task-{i}:\n    run: make target-{i}\n").Append(i == 77_777 ? "    needs: [task-7777O]\n" : $"    needs: [task-{Math.Max(0, i - 3)}]\n".Replace("task-0]", "root]", StringComparison.Ordinal));
        }

        text.Append("  root: {run: ls}\n");
        long start = TimeProvider.System.GetTimestamp();
        PlanDiagnostic error = PlanText.Single(text.ToString());
        Assert.Equal((1 + (77_777 * 3) + 3, "task-7777O"), (error.Line, error.Value));
        Assert.Equal("Did you mean task-7777?", error.Cure);
        Assert.True(TimeProvider.System.GetElapsedTime(start) < TimeSpan.FromSeconds(60));
    }

    [Theory]
    [InlineData("size: 0", "the size of a is no number above 0 (found 0)")]
    [InlineData("size: -3", "(found -3)")]
    [InlineData("size: NaN", "(found NaN)")]
    [InlineData("size: 1e300", "(found 1e300)")]
    [InlineData("size: big", "(found big)")]
    [InlineData("size: '{{m}}', matrix: {n: [1]}", "m is no key of the matrix of a")]
    [InlineData("size: '{{n}}', matrix: {n: [1, x]}", "(found x)")]
    [InlineData("size: '{{n}}'", "n is no key of the matrix of a")]
    public void A_size_that_is_no_number_is_refused(string keys, string message) =>
        Assert.Contains(message, PlanText.Single($"tasks: {{a: {{run: ls, {keys}}}}}").ToString(), StringComparison.Ordinal);

    [Fact]
    public void Requests_that_can_never_fit_are_refused()
    {
        PlimsollConfiguration host = PlimsollConfiguration.Default with { HostMemory = new Bytes(4L << 30), HostCores = 2 };
        Assert.Contains("it needs 8G of memory, and host.memory is 4G", PlanText.Single("tasks: {a: {run: ls, memory: 8G}}", host).Message, StringComparison.Ordinal);
        Assert.Contains("more cores", PlanText.Single("tasks: {a: {run: ls, cpu: 3}}", host).Message, StringComparison.Ordinal);
        PlanText.Good("locks: {gpu: 2}\ntasks: {a: {run: ls, locks: {gpu: 2}}}");
    }

    [Fact]
    public void A_matrix_above_a_million_tasks_is_refused_before_it_is_expanded()
    {
        string axis = $"[{string.Join(',', Enumerable.Range(0, 2000))}]";
        PlanDiagnostic error = PlanText.Single($"tasks: {{a: {{run: ls, matrix: {{a: {axis}, b: {axis}, c: {axis}, d: {axis}, e: {axis}, f: {axis}}}}}}}");
        Assert.Contains("too many combinations", error.Message, StringComparison.Ordinal);
        Assert.Equal("2000 x 2000 x 2000 x 2000 x 2000 x 2000", error.Value);
        error = PlanText.Single($"tasks: {{a: {{run: ls, matrix: {{a: {axis}, b: [{string.Join(',', Enumerable.Range(0, 400))}]}}}}, b: {{run: ls, matrix: {{a: {axis}, b: [{string.Join(',', Enumerable.Range(0, 400))}]}}}}}}");
        Assert.Contains("too many tasks", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_alias_bomb_is_refused()
    {
        StringBuilder bomb = new("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++)
        {
            bomb.Append($"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.Contains("expand to too many", PlanText.Single(bomb.ToString()).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData('[', ']', PlanFormat.Yaml)]
    [InlineData('[', ']', PlanFormat.Json)]
    public void Deep_nesting_is_refused(char open, char close, PlanFormat format)
    {
        CompileResult result = PlanText.Compile($"{{\"tasks\": {new string(open, 100_000)}{new string(close, 100_000)}}}", format: format);
        Assert.Single(result.Diagnostics);
    }

    [Fact]
    public void Aliases_inside_their_own_anchor_are_refused() =>
        Assert.Contains("alias", PlanText.Single("tasks: &t {a: *t}").Message, StringComparison.Ordinal);

    [Fact]
    public void Json_errors_have_a_place()
    {
        PlanDiagnostic error = Assert.Single(PlanText.Compile("{\n \"tasks\": {\"a\": }\n}", format: PlanFormat.Json).Diagnostics);
        Assert.Equal(2, error.Line);
        Assert.Contains("not valid JSON", error.Message, StringComparison.Ordinal);
    }
}
