using Plimsoll.Core.Admission;
using Plimsoll.Core.Units;
using Plimsoll.Plans.Configuration;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class ConfigurationTests
{
    [Fact]
    public void Flags_come_before_the_environment_and_both_before_the_file_each_with_its_origin()
    {
        ConfigurationResult result = Load(
            "max_concurrent: 2\nhost:\n  memory_reserve: 1G\n  cores: 4\nstop: {grace: 5s}\n",
            new() { ["PLIMSOLL_MAX_CONCURRENT_TASKS"] = "3", ["PLIMSOLL_HOST_MEMORY_RESERVE"] = "2G", ["PLIMSOLL_TASK"] = "x" },
            new ConfigurationOverride("max_concurrent", "5", "--max-concurrent"));
        Assert.Empty(result.Diagnostics);
        Assert.Equal(5, result.Configuration.MaxConcurrent);
        Assert.Equal(new Bytes(2L << 30), result.Configuration.MemoryReserve);
        Assert.Equal(TimeSpan.FromSeconds(5), result.Configuration.StopGrace);
        string[] values = [.. result.Configuration.Values.Select(v => $"{v.Key}={v.Value} ({v.Origin})")];
        Assert.Contains("max_concurrent=5 (--max-concurrent)", values);
        Assert.Contains("host.memory_reserve=2G (PLIMSOLL_HOST_MEMORY_RESERVE)", values);
        Assert.Contains("host.cores=4 (plimsoll.yaml:4:10)", values);
        Assert.Contains("retention.age=30d (default)", values);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1025")]
    [InlineData("-1")]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("1.5")]
    public void An_invalid_number_of_tasks_is_refused_with_the_reason(string value)
    {
        ConfigurationResult result = Load("", new() { ["PLIMSOLL_MAX_CONCURRENT_TASKS"] = value });
        Assert.Equal(
            $"PLIMSOLL_MAX_CONCURRENT_TASKS: error: max_concurrent must be auto or a whole number from 1 to 1024 (found {(value.Length == 0 ? "nothing" : value)}). Write auto, or a number from 1 to 1024.",
            Assert.Single(result.Diagnostics).ToString());
    }

    [Theory]
    [InlineData("host: {memroy: 1G}", "plimsoll.yaml:1:8: error: unknown key in host (found memroy). Did you mean memory?")]
    [InlineData("hosts: {}", "plimsoll.yaml:1:1: error: unknown key in the configuration (found hosts). Did you mean host?")]
    [InlineData("agents: {mine: {args: [x]}}", "plimsoll.yaml:1:16: error: the agent has no command (found mine). Add command: [program, argument, \"{{prompt}}\"].")]
    [InlineData("agents: {claude: {permissions: all}}", "plimsoll.yaml:1:32: error: permissions must be one of accept_edits, bypass (found all). Known: accept_edits, bypass.")]
    [InlineData("templates: {t: {run: ls, needs: x}}", "plimsoll.yaml:1:26: error: needs cannot be written in a template (found needs). Write it at each task.")]
    public void A_mistake_in_the_file_has_a_place_and_a_cure(string yaml, string expected) =>
        Assert.Equal(expected, Assert.Single(Load(yaml, []).Diagnostics).ToString());

    [Fact]
    public void The_plan_stands_between_the_file_and_the_environment()
    {
        FixedConcurrency plan = new(4, true, null, TimeSpan.FromSeconds(3));
        Assert.Equal(4, Maximum(Load("concurrency: 7", []), plan));
        Assert.Equal(9, Maximum(Load("concurrency: 7", new() { ["PLIMSOLL_CONCURRENCY"] = "9" }), plan));
        Assert.Equal(8, Maximum(Load("", [], new ConfigurationOverride("max_concurrent", "8", "-j")), plan));
        Assert.Equal(2, Maximum(Load("max_concurrent: 2", []), plan));
        Assert.Null(Maximum(Load("", [], new ConfigurationOverride("max_concurrent", "auto", "-j")), plan));
        Assert.Equal(8, Maximum(Load("", [], new ConfigurationOverride("max_concurrent", "8", "-j")), null));
        Assert.Equal(ConcurrencyPolicy.Default, Load("", []).Configuration.ConcurrencyFor(null));
    }

    [Theory]
    [InlineData("tiers", typeof(TiersConcurrency), 0.85)]
    [InlineData("{policy: formula, per_task: 2G, max: 6, pause_above: off}", typeof(FormulaConcurrency), null)]
    [InlineData("{policy: reserve, per_task: 4G, cool_down: 1s}", typeof(ReserveConcurrency), 0.85)]
    [InlineData("{max: 3, protect: off}", typeof(FixedConcurrency), 0.85)]
    [InlineData("{max: 3, pause_above: 90%}", typeof(AutoConcurrency), 0.9)]
    public void Each_policy_can_be_written(string value, Type policy, double? pauseAbove)
    {
        ConfigurationResult result = Load($"concurrency: {value}", []);
        Assert.Empty(result.Diagnostics);
        Assert.IsType(policy, result.Configuration.Concurrency);
        Assert.Equal(pauseAbove, result.Configuration.Concurrency.PauseAbove);
    }

    [Fact]
    public void The_sample_is_accepted_as_it_is_and_with_every_line_in_force()
    {
        Assert.Empty(Load(ConfigurationLoader.Sample, []).Diagnostics);
        string live = string.Join('\n', ConfigurationLoader.Sample.Split('\n').Where(line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(':', StringComparison.Ordinal)).Select(line => line[2..]).Where(line => !line.TrimStart().StartsWith('#') && line[0] is ' ' or (>= 'a' and <= 'z')));
        ConfigurationResult result = Load(live, []);
        Assert.Empty(result.Diagnostics);
        Assert.All(result.Configuration.Values, v => Assert.StartsWith("plimsoll.yaml:", v.Origin, StringComparison.Ordinal));
    }

    [Fact]
    public void Secrets_of_agents_are_not_listed()
    {
        ConfigurationResult result = Load("agents: {claude: {env: {TOKEN: hunter2}}}", []);
        Assert.Equal("{claude: {env: (TOKEN)}}", result.Configuration.Values.Single(v => v.Key == "agents").Value);
    }

    private static int? Maximum(ConfigurationResult result, ConcurrencyPolicy? plan)
    {
        Assert.Empty(result.Diagnostics);
        return result.Configuration.ConcurrencyFor(plan).Maximum;
    }

    private static ConfigurationResult Load(string yaml, Dictionary<string, string> environment, params ConfigurationOverride[] overrides)
    {
        using PlanText.TemporaryFolder folder = new();
        File.WriteAllText(Path.Combine(folder.Path, ConfigurationLoader.FileName), yaml);
        return ConfigurationLoader.Load(folder.Path, environment, overrides);
    }
}
