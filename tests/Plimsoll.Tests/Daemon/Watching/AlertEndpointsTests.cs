using System.Text.Json;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class AlertEndpointsTests
{
    private const string Configuration = """
        alerts:
          rules:
            busy: { signal: tasks.running, above: 1, clear: 0, for: 0s, severity: critical }
        """;

    [Fact]
    public async Task A_rule_of_the_configuration_raises_is_acknowledged_and_outlives_a_restart()
    {
        using var project = new ProjectRig();
        await using (ServiceRig service = await ServiceRig.StartAsync(Configuration, project: project))
        {
            string id = await service.SubmitAsync("""{"run": "sleep 600"}""");
            JsonElement alert = await RaisedAsync(service, "busy");
            Assert.Equal("critical", alert.GetProperty("severity").GetString());
            Assert.Equal("critical", (await service.GetAsync("/api/v1/dashboard")).GetProperty("system_health").GetProperty("status").GetString());

            JsonElement taken = await service.ExpectAsync(200, HttpMethod.Post, $"/api/v1/alerts/{alert.GetProperty("id")}/acknowledge");

            Assert.Equal("socket", taken.GetProperty("acknowledged_by").GetString());
            await service.PostAsync($"/api/v1/tasks/{id}/cancel");
            await service.UntilAsync(id, "cancelled");
        }

        await using ServiceRig again = await ServiceRig.StartAsync(project: project, configuration: Configuration);
        JsonElement list = await again.GetAsync("/api/v1/alerts");
        JsonElement kept = list.GetProperty("active").EnumerateArray().Concat(list.GetProperty("history").EnumerateArray()).Single(static one => one.GetProperty("rule").GetString() == "busy");
        Assert.Equal("socket", kept.GetProperty("acknowledged_by").GetString());
    }

    [Fact]
    public async Task A_silence_is_made_listed_and_ended()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();

        JsonElement silence = await service.ExpectAsync(201, HttpMethod.Post, "/api/v1/alerts/silences", """{"minutes": 30, "rule": "queue_wait", "reason": "known"}""");

        JsonElement listed = (await service.GetAsync("/api/v1/alerts")).GetProperty("silences")[0];
        Assert.Equal("queue_wait", listed.GetProperty("rule").GetString());
        Assert.Equal("known", listed.GetProperty("reason").GetString());
        await service.ExpectAsync(204, HttpMethod.Delete, $"/api/v1/alerts/silences/{silence.GetProperty("id")}");
        await service.ExpectAsync(404, HttpMethod.Delete, $"/api/v1/alerts/silences/{silence.GetProperty("id")}");
    }

    [Theory]
    [InlineData("""{"minutes": 0}""")]
    [InlineData("""{"minutes": 1e9}""")]
    [InlineData("""{"minutes": 5, "rule": "no_such_rule"}""")]
    [InlineData("""{"reason": "no time"}""")]
    [InlineData("""[]""")]
    public async Task A_silence_that_makes_no_sense_is_refused(string body)
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(400, HttpMethod.Post, "/api/v1/alerts/silences", body);
    }

    [Fact]
    public async Task An_alert_that_is_not_raised_cannot_be_acknowledged()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        await service.ExpectAsync(404, HttpMethod.Post, "/api/v1/alerts/77/acknowledge");
        await service.ExpectAsync(404, HttpMethod.Post, "/api/v1/alerts/seven/silence", """{"minutes": 5}""");
    }

    private static async Task<JsonElement> RaisedAsync(ServiceRig service, string rule)
    {
        for (int i = 0; i < 300; i++)
        {
            foreach (JsonElement alert in (await service.GetAsync("/api/v1/alerts")).GetProperty("active").EnumerateArray())
            {
                if (alert.GetProperty("rule").GetString() == rule)
                {
                    return alert;
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
        }

        Assert.Fail($"{rule} was not raised within 15 s");
        return default;
    }
}
