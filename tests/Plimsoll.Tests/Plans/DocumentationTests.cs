using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Schema;
using Plimsoll.Plans.Tasks;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed partial class DocumentationTests
{
    [GeneratedRegex("```yaml\n(?<plan>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Blocks { get; }

    [Fact]
    public void Every_example_of_the_plan_format_compiles()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "plan.md"));
        PlimsollConfiguration configuration = PlanText.Configured("""
            templates: { lint: { params: [file], run: ["echo", "lint", "{{file}}"], timeout: 5m } }
            providers: { anthropic: { key: { from: A } }, openai: { key: { from: B } } }
            """);
        MatchCollection blocks = Blocks.Matches(text);
        Assert.True(blocks.Count >= 15);
        foreach (Match block in blocks)
        {
            Assert.Empty(PlanText.Compile(block.Groups["plan"].Value, configuration).Diagnostics.Select(d => $"{d}\n{block.Value}"));
        }
    }

    [Fact]
    public void The_configuration_of_the_gateway_in_operations_is_accepted_and_its_example_compiles()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "operations.md"));
        string shown = Blocks.Matches(text).Select(block => block.Groups["plan"].Value).Single(block => block.StartsWith("providers:", StringComparison.Ordinal));
        PlimsollConfiguration configuration = PlanText.Configured(shown);
        Assert.Equal(["anthropic", "local"], configuration.Gateway.Providers.Select(provider => provider.Name));

        string example = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "examples", "gateway.yaml"));
        string commented = string.Join('\n', example.Split('\n').SkipWhile(line => line != "#      providers:").TakeWhile(line => line.Length > 1).Select(line => line.Length > 7 ? line[7..] : ""));
        CompileResult result = PlanText.Compile(example, PlanText.Configured(commented));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(21, result.Plan!.Block.Count);
    }

    [Fact]
    public void Every_key_of_a_task_is_documented()
    {
        string text = File.ReadAllText(Path.Combine(RepositoryFiles.Root, "docs", "plan.md"));
        Assert.Empty(TaskKeys.All.Where(key => !Regex.IsMatch(text, $@"\b{key.Name}\b", RegexOptions.None, TimeSpan.FromSeconds(10))).Select(key => key.Name));
    }

    [Theory]
    [InlineData("quickstart.yaml")]
    [InlineData("agents.yaml")]
    public void The_examples_compile(string file)
    {
        CompileResult result = PlanText.Compile(File.ReadAllText(Path.Combine(RepositoryFiles.Root, "examples", file)));
        Assert.Empty(result.Diagnostics);
    }

    [Fact]
    public void The_schema_holds_every_key_and_only_resolvable_references()
    {
        using JsonDocument schema = JsonDocument.Parse(PlanSchema.Text);
        JsonElement definitions = schema.RootElement.GetProperty("$defs");
        JsonElement task = definitions.GetProperty("task").GetProperty("properties");
        Assert.Empty(TaskKeys.All.Where(key => !task.TryGetProperty(key.Name, out _)).Select(key => key.Name));
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", schema.RootElement.GetProperty("$schema").GetString());
        foreach (Match reference in Regex.Matches(PlanSchema.Text, "\"#/\\$defs/(?<name>[a-z_]+)\"", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10)))
        {
            Assert.True(definitions.TryGetProperty(reference.Groups["name"].Value, out _), reference.Value);
        }
    }
}
