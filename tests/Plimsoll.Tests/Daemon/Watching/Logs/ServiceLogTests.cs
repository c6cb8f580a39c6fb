using System.Collections.Concurrent;
using System.Text.Json;
using Plimsoll.Core.Watching;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Watching.Logs;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Tests.Daemon.Endpoints;
using Plimsoll.Watch.Alerts;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Logs;

public sealed class ServiceLogTests
{
    [Fact]
    public async Task Attempts_are_logged_with_the_trace_that_they_find_in_their_environment_and_refusals_with_their_status()
    {
        var lines = new ConcurrentQueue<string>();
        string parent;
        await using (var log = new ServiceLog(lines.Enqueue, TimeProvider.System))
        {
            await using ServiceRig service = await ServiceRig.StartAsync(log: log);
            string file = Path.Combine(service.Project.Folder, "trace");
            string id = await service.SubmitAsync($$"""{"run": "printenv TRACEPARENT > {{file}}; exit 3", "retries": 0}""");
            await service.UntilAsync(id, "failed", "dead");
            parent = (await File.ReadAllTextAsync(file, ServiceRig.Token)).Trim();
            await service.ExpectAsync(401, HttpMethod.Get, "/api/v1/tasks", client: service.Tcp);
        }

        Assert.All(lines, static line => Assert.DoesNotContain('\n', line));
        JsonElement[] logged = [.. lines.Select(static line => JsonElement.Parse(line))];
        foreach (string kind in (string[])["attempt.started", "attempt.ended"])
        {
            JsonElement line = Assert.Single(logged, one => one.GetProperty("event").GetString() == kind);
            Assert.Equal(parent, $"00-{line.GetProperty("trace_id")}-{line.GetProperty("span_id")}-01");
            Assert.Equal(1, line.GetProperty("attempt").GetInt32());
            Assert.Equal($"{line.GetProperty("run")}.0", line.GetProperty("task").GetString());
        }

        Assert.DoesNotContain(logged, static one => one.GetProperty("event").GetString() == "run.opened");
        JsonElement ended = logged.Single(static one => one.GetProperty("event").GetString() == "attempt.ended");
        Assert.Equal(("warning", "failed"), (ended.GetProperty("level").GetString(), ended.GetProperty("outcome").GetString()));
        Assert.Contains(logged, static one => one.GetProperty("event").GetString() == "request.refused" && one.GetProperty("message").GetString() == "GET /api/v1/tasks was answered with 401");
    }

    [Fact]
    public async Task Who_reads_nothing_holds_nothing_up_and_learns_how_much_is_missing()
    {
        var lines = new ConcurrentQueue<string>();
        using var reader = new ManualResetEventSlim();
        await using (var log = new ServiceLog(line => { reader.Wait(ServiceRig.Token); lines.Enqueue(line); }, TimeProvider.System))
        {
            var refusals = new LogFan(log, null, TimeProvider.System);
            for (int i = 0; i < 100_000; i++)
            {
                refusals.Refused("GET", "/", 401);
            }

            log.Notice("the disk is full");
            reader.Set();
        }

        Assert.InRange(lines.Count, 10_000, 20_002);
        Assert.Contains(lines, static line => line.Contains("the disk is full", StringComparison.Ordinal));
        Assert.Contains(lines, static line => line.Contains("log.dropped", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Alerts_are_logged_when_they_are_raised_and_when_they_clear()
    {
        var lines = new ConcurrentQueue<string>();
        await using (var log = new ServiceLog(lines.Enqueue, TimeProvider.System))
        {
            var facts = new FactLog(new LogFan(log, null, TimeProvider.System), new TaskRegistry("plimsoll"), new TraceIds("journal", static _ => false));
            var alert = new Alert(4, "disk_filling", AlertGroup.System, AlertSeverity.Critical, "node0", "97 % of the disk are in use", DateTimeOffset.UnixEpoch);
            facts.Tell([new AlertChange(AlertChangeKind.Raised, alert, Deliver: false)]);
            facts.Tell([new AlertChange(AlertChangeKind.Reminded, alert, Deliver: true)]);
            facts.Tell([new AlertChange(AlertChangeKind.Cleared, alert with { ClearedAt = DateTimeOffset.UnixEpoch.AddMinutes(1) }, Deliver: true)]);
        }

        Assert.Equal(
            [("error", "alert.raised", 4L), ("info", "alert.cleared", 4L)],
            lines.Select(static line => JsonElement.Parse(line)).Select(static one => (one.GetProperty("level").GetString(), one.GetProperty("event").GetString(), one.GetProperty("alert").GetInt64())));
        Assert.Contains("disk_filling node0: 97 % of the disk are in use", lines.First(), StringComparison.Ordinal);
    }
}
