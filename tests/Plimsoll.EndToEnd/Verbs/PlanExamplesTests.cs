using System.Text.RegularExpressions;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>The examples of docs/plan.md that begin with <c># run</c>, executed, and those of examples/, checked.</summary>
public sealed partial class PlanExamplesTests
{
    [Fact]
    public async Task Every_example_of_the_plan_format_that_says_so_runs()
    {
        MatchCollection examples = Example().Matches(RepositoryFiles.Read("docs/plan.md"));
        Assert.True(examples.Count >= 15, $"only {examples.Count} examples were found");
        foreach (Match example in examples)
        {
            using TemporaryProject project = new();
            project.Write("plan.yaml", example.Groups["plan"].Value);
            ProcessResult run = await project.PlimsollAsync("run", "-q", "plan.yaml");
            Assert.True(run.ExitCode == 0, $"{example.Groups["plan"].Value}\n{run}");
        }
    }

    [Theory]
    [InlineData("agents.yaml", 0)]
    [InlineData("small-fix.yaml", 0)]
    [InlineData("medium-feature.yaml", 0)]
    [InlineData("large-refactor.yaml", 0)]
    [InlineData("long.yaml", 0)]
    [InlineData("mistakes.yaml", 2)]
    [InlineData("quickstart.yaml", 0)]
    public async Task The_examples_pass_check_except_the_one_that_shows_mistakes(string file, int exitCode)
    {
        using TemporaryProject project = new();
        project.Write(file, RepositoryFiles.Read($"examples/{file}"));
        (await project.PlimsollAsync("check", file)).Ended(exitCode);
    }

    [GeneratedRegex("```yaml\n(?<plan># run\n.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
