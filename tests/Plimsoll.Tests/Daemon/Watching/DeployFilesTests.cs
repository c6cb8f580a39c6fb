using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Plimsoll.Daemon.Watching.Metrics;
using Plimsoll.Tests.Daemon.Endpoints;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

/// <summary>The files for Grafana and Prometheus speak of what the service measures.</summary>
public sealed partial class DeployFilesTests
{
    private const string Dashboard = "deploy/grafana/plimsoll.json";
    private const string Rules = "deploy/prometheus/plimsoll.rules.yml";

    [Fact]
    public async Task Every_metric_and_label_that_is_queried_exists()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string bad = await service.SubmitAsync("""{"run": "exit 3", "class": "x", "retries": 0}""");
        await service.UntilAsync(bad, "failed", "dead");
        string text = "";
        await Until.TrueAsync(async () =>
        {
            text = await service.Socket.GetStringAsync(new Uri("/metrics", UriKind.Relative), ServiceRig.Token);
            return text.Contains("plimsoll_attempts_ended_total{", StringComparison.Ordinal);
        });
        HashSet<string> known = Instruments(service);
        string[] queries = [.. Expressions(JsonElement.Parse(RepositoryFiles.Read(Dashboard))), .. RepositoryFiles.Lines(Rules).Where(static line => line.TrimStart().StartsWith("expr:", StringComparison.Ordinal))];

        Assert.InRange(queries.Length, 25, 200);
        foreach (string query in queries)
        {
            foreach (Match metric in Metric().Matches(query))
            {
                string name = metric.Groups["name"].Value;
                Assert.True(known.Contains(name), $"no metric is called {name}: {query}");
                string[] lines = [.. text.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];
                Assert.All(Label().Matches(query).Where(_ => lines.Length > 0), label => Assert.Contains(lines, line => line.Contains(label.Value, StringComparison.Ordinal)));
            }
        }
    }

    [Fact]
    public async Task Promtool_takes_the_alert_rules()
    {
        Component.Require("promtool");
        using var promtool = Process.Start(new ProcessStartInfo("promtool", ["check", "rules", Path.Combine(RepositoryFiles.Root, Rules)]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        string said = await promtool.StandardOutput.ReadToEndAsync(ServiceRig.Token) + await promtool.StandardError.ReadToEndAsync(ServiceRig.Token);
        await promtool.WaitForExitAsync(ServiceRig.Token);
        Assert.True(promtool.ExitCode == 0, said);
    }

    private static HashSet<string> Instruments(ServiceRig service)
    {
        HashSet<string> names = [];
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, service.Session.Lookout.Meters))
            {
                names.Add(MetricName.Of(instrument, MetricsCollector.KindOf(instrument)));
            }
        };
        listener.Start();
        return names;
    }

    private static IEnumerable<string> Expressions(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(static field => field.Name == "expr" ? [field.Value.GetString()!] : Expressions(field.Value)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Expressions),
        _ => [],
    };

    [GeneratedRegex(@"(?<name>plimsoll_\w+)(?=[\{\[\s]|$)(?!\s*[,\)=!])", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Metric();

    /// <summary>A label that is matched; those of by() name no value.</summary>
    [GeneratedRegex(@"plimsoll_\w+(?==~?"")", RegexOptions.None, 1000)]
    private static partial Regex Label();
}
