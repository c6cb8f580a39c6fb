using System.Text.Json;
using Plimsoll.Core.Providers;
using Plimsoll.Core.Watching;
using Plimsoll.Plans;
using Plimsoll.Plans.Configuration;
using Plimsoll.Plans.Diagnostics;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Schema;
using Xunit;

namespace Plimsoll.Tests.Plans;

public sealed class AlertConfigurationTests
{
    private const string Whole = """
        alerts:
          repeat: 30m
          off: [cpu_saturated]
          rules:
            disk_filling: {above: 80%, clear: 75%, for: 0s, severity: critical}
            idle: {signal: tasks.running, below: 1, clear: 2, for: 10m, clear_after: 1m, severity: info, message: "only {value} run"}
            big_leak: {signal: attempt.leak, above: 5M}
            slow_queue: {signal: queue.wait, above: 10m}
            any_breaker: {signal: breaker.open}
          targets:
            team: {slack: {from: SLACK_WEBHOOK}}
            hook: {webhook: "https://hooks.example.com/T0/SECRET", severity: info, clears: false}
            desk: {command: [notify-send, Plimsoll]}
            filed: {webhook: {file: keys/hook}}
        """;

    [Fact]
    public void Everything_that_can_be_written_arrives()
    {
        AlertSettings alerts = Load(Whole).Configuration.Alerts;
        Assert.Equal(TimeSpan.FromMinutes(30), alerts.Repeat);
        Assert.Equal(["cpu_saturated"], alerts.Off);
        Assert.Equal(new AlertRuleSettings("disk_filling", null, false, 0.8, 0.75) { For = TimeSpan.Zero, Severity = AlertSeverity.Critical }, alerts.Rules[0]);
        Assert.Equal(
            new AlertRuleSettings("idle", "tasks.running", true, 1, 2)
            {
                For = TimeSpan.FromMinutes(10),
                ClearAfter = TimeSpan.FromMinutes(1),
                Severity = AlertSeverity.Info,
                Message = "only {value} run",
            },
            alerts.Rules[1]);
        Assert.Equal([5 << 20, 600, 1], alerts.Rules.Skip(2).Select(rule => rule.Raise!.Value));
        Assert.Equal(new KeySource("SLACK_WEBHOOK", null), alerts.Targets[0].Source);
        Assert.Equal((AlertTargetKind.Webhook, AlertSeverity.Info, false), (alerts.Targets[1].Kind, alerts.Targets[1].Least, alerts.Targets[1].Clears));
        Assert.Equal(["notify-send", "Plimsoll"], alerts.Targets[2].Command);
        Assert.Equal("/project/keys/hook", alerts.Targets[3].Source!.File);
        Assert.Empty(Load("max_concurrent: 3").Configuration.Alerts.Targets);
        Assert.Null(Load("alerts: {repeat: off}").Configuration.Alerts.Repeat);
    }

    [Theory]
    [InlineData("alerts: {rules: {disk_full: {signal: cpu.busy}}}", "plimsoll.yaml:1:38: error: the built-in rule disk_full looks at disk.used (found cpu.busy). Leave signal: out, or give the rule another name.")]
    [InlineData("alerts: {rules: {mine: {signal: cpu.bussy, above: 5%}}}", "signal must be one of")]
    [InlineData("alerts: {rules: {mine: {signal: cpu.busy}}}", "plimsoll.yaml:1:18: error: the rule has no threshold (found mine). Add above: or below:.")]
    [InlineData("alerts: {rules: {mine: {above: 5}}}", "the rule names no signal and is not built in")]
    [InlineData("alerts: {rules: {mine: {signal: cpu.busy, above: 500}}}", "plimsoll.yaml:1:50: error: above must be a share above 0 and up to 100% (found 500). Write for example 85%.")]
    [InlineData("alerts: {rules: {mine: {signal: cpu.busy, above: 50%, clear: 60%}}}", "the rule would clear while it raises")]
    [InlineData("alerts: {rules: {disk_full: {below: 5%}}}", "plimsoll.yaml:1:30: error: unknown key in a rule (found below). Built-in rules raise above their threshold.")]
    [InlineData("alerts: {rules: {disk_full: {severity: bad}}}", "severity must be one of info, warning, critical")]
    [InlineData("alerts: {off: [disk_ful]}", "Did you mean disk_full?")]
    [InlineData("alerts: {targets: {a: {}}}", "plimsoll.yaml:1:20: error: the target does not say how it is reached (found a). Write one of webhook: URL, slack: URL or command: [program, argument].")]
    [InlineData("alerts: {targets: {a: {webhook: \"ftp://x\"}}}", "plimsoll.yaml:1:33: error: webhook must be an http or https address without a user (found ftp://x). Write https://host/path, or {from: VARIABLE} where it is secret.")]
    [InlineData("alerts: {targets: {a: {slack: \"https://x\", command: b}}}", "the target says more than one way")]
    [InlineData("alerts: {target: {}}", "unknown key in alerts (found target). Did you mean targets?")]
    public void A_mistake_has_a_place_the_value_and_a_cure(string yaml, string expected) =>
        Assert.Contains(expected, Assert.Single(Load(yaml).Diagnostics).ToString(), StringComparison.Ordinal);

    [Fact]
    public void An_address_that_may_be_a_secret_is_not_shown()
    {
        string shown = Load(Whole).Configuration.Values.Single(value => value.Key == "alerts.targets").Value;
        Assert.Contains("https://hooks.example.com/", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", shown, StringComparison.Ordinal);
    }

    [Fact]
    public void The_published_schema_accepts_it_and_refuses_what_is_unknown()
    {
        using JsonDocument schema = JsonDocument.Parse(ConfigurationSchema.Text);
        SchemaChecker checker = new(schema.RootElement);
        Assert.True(checker.Accepts(Read(Whole)));
        Assert.False(checker.Accepts(Read("alerts: {rules: {a: {sginal: cpu.busy}}}")));
        Assert.False(checker.Accepts(Read("alerts: {targets: {a: {webhook: \"ftp://x\"}}}")));
    }

    private static Node Read(string yaml) => NodeReader.Read("plimsoll.yaml", yaml, PlanFormat.Yaml, new DiagnosticBag())!;

    private static ConfigurationResult Load(string yaml)
    {
        string folder = Directory.CreateTempSubdirectory("plimsoll-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "plimsoll.yaml"), yaml);
            ConfigurationResult result = ConfigurationLoader.Load(folder, new Dictionary<string, string>(StringComparer.Ordinal), []);
            AlertSettings alerts = result.Configuration.Alerts;
            return result with
            {
                Configuration = result.Configuration with
                {
                    Alerts = alerts with { Targets = [.. alerts.Targets.Select(one => one.Source?.File is { } file ? one with { Source = one.Source with { File = file.Replace(folder, "/project", StringComparison.Ordinal) } } : one)] },
                },
            };
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }
}
