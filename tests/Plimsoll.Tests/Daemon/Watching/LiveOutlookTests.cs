using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Plimsoll.Client.Watching;
using Plimsoll.Daemon.Watching.Outlooks;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching;

public sealed class LiveOutlookTests
{
    [Fact]
    public async Task A_queue_of_a_live_service_is_forecast_from_what_its_tasks_took()
    {
        await using ServiceRig service = await ServiceRig.StartAsync(most: 2);
        string numbers = string.Join(',', Enumerable.Range(0, 60));
        JsonElement run = await service.ExpectAsync(202, HttpMethod.Post, "/api/v1/runs", $$"""{"name":"queue","tasks":{"t":{"noop":"500ms","matrix":{"i":[{{numbers}}] } } } }""", "application/yaml");
        ForecastDesk desk = service.Session.Lookout.Forecasts;
        Assert.Null(desk.Latest);
        while (service.Session.Lookout.Watch.Latest is not { Tally.Finished: >= 8 })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, ServiceRig.Token);
        }

        await desk.RefreshAsync(ServiceRig.Token);

        ForecastView forecast = Assert.IsType<ForecastView>(desk.Latest);
        Assert.InRange(forecast.DrainSeconds, 4, 26); // at most 52 tasks of half a second, two at a time: 13 s
        Assert.True(forecast.LowSeconds <= forecast.DrainSeconds && forecast.DrainSeconds <= forecast.HighSeconds, forecast.ToString());
        await service.PostAsync($"/api/v1/runs/{run.GetProperty("run")}/cancel");
    }

    [Fact]
    public async Task The_hook_is_told_over_HTTP_when_work_has_waited_for_a_minute()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using WebApplication fleet = builder.Build();
        fleet.Urls.Add("http://127.0.0.1:0");
        var told = new ConcurrentQueue<JsonElement>();
        fleet.MapPost("/scale", async context => told.Enqueue((await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: ServiceRig.Token)).RootElement));
        await fleet.StartAsync(ServiceRig.Token);
        var time = new JumpingTime();
        await using ServiceRig service = await ServiceRig.StartAsync($"scaling: {{ hook: '{fleet.Urls.First()}/scale', most: 3 }}\n", most: 1, time: time);
        await service.UntilAsync(await service.SubmitAsync("""{"run": "sleep 600"}"""), "running");
        string waiting = await service.SubmitAsync("""{"run": "true"}""");
        await Until.TrueAsync(() => service.Session.Lookout.Scaling.Latest is { });
        Assert.Empty(told);

        time.Jump(TimeSpan.FromSeconds(90));
        await Until.TrueAsync(() => !told.IsEmpty);

        Assert.True(told.TryPeek(out JsonElement advice));
        Assert.Equal(2, advice.GetProperty("desired_nodes").GetInt32());
        Assert.Equal(2, (await service.GetAsync("/api/v1/scaling")).GetProperty("desired_nodes").GetInt32());
        await service.PostAsync($"/api/v1/tasks/{waiting}/cancel");
    }
}
