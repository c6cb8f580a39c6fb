using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Plans;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Schema;
using Xunit;

namespace Plimsoll.Tests.Plans;

/// <summary>The published schema and the compiler judge alike.</summary>
public sealed partial class SchemaTests
{
    [Fact]
    public void The_schema_accepts_every_example_of_the_plan_format()
    {
        MatchCollection examples = Example().Matches(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "plan.md")));
        Assert.True(examples.Count >= 15);
        Assert.All(examples.Select(example => example.Groups["plan"].Value), plan => Assert.True(Accepts(plan), plan));
    }

    [Theory]
    [InlineData("agents.yaml", true)]
    [InlineData("small-fix.yaml", true)]
    [InlineData("medium-feature.yaml", true)]
    [InlineData("large-refactor.yaml", true)]
    [InlineData("long.yaml", true)]
    [InlineData("quickstart.yaml", true)]
    [InlineData("mistakes.yaml", false)]
    public void The_schema_judges_the_examples(string file, bool accepted) =>
        Assert.Equal(accepted, Accepts(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "examples", file))));

    [Theory]
    [InlineData("name: no tasks")]
    [InlineData("tusks: {a: {run: ls}}")]
    [InlineData("tasks: {a: {run: ls, nonsense: 1}}")]
    [InlineData("tasks: [{run: ls}]")]
    [InlineData("tasks: {a: {run: {x: y}}}")]
    [InlineData("tasks: {a: {run: []}}")]
    [InlineData("tasks: {a: {run: ls, priority: high}}")]
    [InlineData("tasks: {a: {run: ls, timeout: soon}}")]
    [InlineData("tasks: {a: {run: ls, memory: much}}")]
    [InlineData("tasks: {a: {run: ls, cpu: -1}}")]
    [InlineData("tasks: {a: {run: ls, workspace: moon}}")]
    [InlineData("tasks: {a: {run: ls, class: 0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890}}")]
    [InlineData("tasks: {a: {run: ls, exclusive: perhaps}}")]
    [InlineData("tasks: {a: {run: ls, retries: 101}}")]
    [InlineData("tasks: {a: {run: ls, retries: {maximum: 2}}}")]
    [InlineData("tasks: {a: {run: ls, locks: {gpu: half}}}")]
    [InlineData("tasks: {a: {run: ls, env: {X: {form: HOME}}}}")]
    [InlineData("concurrency: {policy: auto, maximum: 3}\ntasks: {a: {run: ls}}")]
    [InlineData("defaults: {needs: [b]}\ntasks: {a: {run: ls}}")]
    public void What_check_refuses_for_its_key_or_type_the_schema_refuses_too(string plan)
    {
        Assert.NotEmpty(PlanText.Compile(plan).Diagnostics);
        Assert.False(Accepts(plan));
    }

    private static bool Accepts(string plan)
    {
        using JsonDocument schema = JsonDocument.Parse(PlanSchema.Text);
        Node root = NodeReader.Read("plan.yaml", plan, PlanFormat.Yaml, new DiagnosticBag())!;
        return new SchemaChecker(schema.RootElement).Accepts(root);
    }

    [GeneratedRegex("```yaml\n(?<plan>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
