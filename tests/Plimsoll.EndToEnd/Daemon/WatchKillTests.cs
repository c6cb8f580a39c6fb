using System.Text.Json;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary>What was watched is still there after kill -9 of the service.</summary>
public sealed class WatchKillTests
{
    private static readonly TimeSpan Lost = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Series_and_raised_alerts_survive_and_what_was_not_kept_is_a_gap()
    {
        using TemporaryProject project = new();
        project.Write("plimsoll.yaml", "alerts: { rules: { busy: { signal: tasks.running, above: 0.5, clear: 0.2, for: 1s, severity: warning } } }\n");
        string series = Path.Combine(project.StateFolder, "series.bin");
        JsonElement raised;
        DateTimeOffset killed;
        using (ServiceProcess service = new(project))
        {
            await service.ReadyAsync();
            Assert.True(await service.SubmitAsync(["""{"run": "sleep 600"}"""]));
            raised = await AlertAsync(service);

            // Both files are written, and then some seconds are watched that no file knows.
            await TemporaryProject.UntilAsync(() => File.Exists(series) && TimeProvider.System.GetUtcNow() - Written(series) > Lost, "the series are kept", 120);
            killed = TimeProvider.System.GetUtcNow();
            await service.KillAsync();
        }

        DateTimeOffset kept = Written(series);
        using ServiceProcess after = new(project);
        Assert.Equal(1, (await after.ReadyAsync()).Adopted);
        JsonElement again = await AlertAsync(after);
        Assert.Equal(raised.GetProperty("id").GetInt64(), again.GetProperty("id").GetInt64());
        Assert.Equal(raised.GetProperty("raised_at").GetDateTimeOffset(), again.GetProperty("raised_at").GetDateTimeOffset());

        (DateTimeOffset At, double? Value)[] points = await PointsAsync(after);
        for (int i = 0; i < 600 && !Array.Exists(points, point => point.At > killed && point.Value is not null); i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
            points = await PointsAsync(after);
        }

        Assert.Contains(points, point => point.At > killed && point.Value is not null); // it samples again
        Assert.Contains(points, point => point.At <= kept && point.Value is not null); // what was kept is there
        Assert.Contains(points, point => point.At > kept && point.At < killed && point.Value is null); // what was not is a gap
        after.AskToStop();
        after.AskToStop();
        await after.StoppedAsync();
    }

    private static DateTimeOffset Written(string file) => new(File.GetLastWriteTimeUtc(file));

    private static async Task<JsonElement> AlertAsync(ServiceProcess service)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await service.AskAsync(HttpMethod.Get, "/api/v1/alerts") is { } view && view.GetProperty("active").EnumerateArray().Where(static alert => alert.GetProperty("rule").GetString() == "busy").ToArray() is [var alert, ..])
            {
                return alert;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        Assert.Fail($"the alert is not active within 60 s\n{service.Seen}");
        return default;
    }

    private static async Task<(DateTimeOffset At, double? Value)[]> PointsAsync(ServiceProcess service)
    {
        if (await service.AskAsync(HttpMethod.Get, "/api/v1/series?name=tasks.running&minutes=5&points=300") is not { } view || view.GetProperty("series").EnumerateArray().ToArray() is not [var series, ..])
        {
            return [];
        }

        DateTimeOffset from = series.GetProperty("from").GetDateTimeOffset();
        TimeSpan step = TimeSpan.FromSeconds(series.GetProperty("step_seconds").GetDouble());
        return [.. series.GetProperty("mean").EnumerateArray().Select((value, i) => (from + (step * i), value.ValueKind == JsonValueKind.Number ? value.GetDouble() : (double?)null))];
    }
}
