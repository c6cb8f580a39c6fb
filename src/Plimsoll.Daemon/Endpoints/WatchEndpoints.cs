using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Watching;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows the service as a whole: the dashboard's document, the pool, time series.</summary>
internal sealed class WatchEndpoints(ServiceHost service)
{
    private const int MostSeries = 32;
    private const int MostPoints = 2160;

    private readonly DocumentCache dashboard = new(picture => JsonSerializer.SerializeToUtf8Bytes(new DashboardBuilder(service).Build(picture), WatchViewContext.Default.DashboardView));
    private readonly DocumentCache pool = new(picture => JsonSerializer.SerializeToUtf8Bytes(new PoolBuilder(service).Build(picture), WatchViewContext.Default.PoolView));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/dashboard", context => DocumentAsync(context, dashboard)).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/pool", context => DocumentAsync(context, pool)).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/series", SeriesAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/scaling", ScalingAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/what-if", new WhatIfReading(service).AnswerAsync).Needs(AccessScope.Read);
        new AlertEndpoints(service).Map(routes);
    }

    /// <summary>A task sees what it submitted itself; the whole is for people.</summary>
    /// <returns>False after an answer that says so.</returns>
    public static async Task<bool> IsForPeopleAsync(HttpContext context)
    {
        if (AccessGate.CallerOf(context).Attempt is null)
        {
            return true;
        }

        await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "the token of a task sees what that task submitted, not the whole service", "Use GET /api/v1/tasks.");
        return false;
    }

    private async Task DocumentAsync(HttpContext context, DocumentCache cache)
    {
        if (!await IsForPeopleAsync(context))
        {
            return;
        }

        service.Watch.Attend();
        byte[] body = cache.Of(await service.Watch.FirstAsync(context.RequestAborted));
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    private async Task ScalingAsync(HttpContext context)
    {
        if (await IsForPeopleAsync(context))
        {
            await service.Watch.FirstAsync(context.RequestAborted);
            await context.WriteJsonAsync(service.Lookout.Scaling.Latest ?? new ScalingView(1, 1, 0, 0, 0, 0, "nothing was seen yet", null), WatchViewContext.Default.ScalingView);
        }
    }

    /// <summary><c>?name=a&amp;name=b&amp;minutes=10&amp;points=600</c>, or <c>from</c> and <c>to</c>; without a name it lists the names.</summary>
    private async Task SeriesAsync(HttpContext context)
    {
        if (!await IsForPeopleAsync(context) || await Asked.NumberAsync(context, "points", 720, MostPoints) is not { } points || await Asked.NumberAsync(context, "minutes", 10, 43_200) is not { } minutes)
        {
            return;
        }

        WatchPicture picture = await service.Watch.FirstAsync(context.RequestAborted);
        DateTimeOffset to = picture.Sample.At;
        DateTimeOffset from = to - TimeSpan.FromMinutes(minutes);
        if (!Time(context, "to", ref to) || !Time(context, "from", ref from))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "from and to are times", "Write them as 2026-01-31T12:00:00Z, or ask for the last ?minutes=60.");
            return;
        }

        string[] names = [.. context.Request.Query["name"].OfType<string>().SelectMany(static text => text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Take(MostSeries)];
        SeriesListView view = service.Watch.Use(watcher => SeriesViews.Of(watcher.Series, names, from, to, points));
        await context.WriteJsonAsync(view, WatchViewContext.Default.SeriesListView);
    }

    private static bool Time(HttpContext context, string name, ref DateTimeOffset time)
    {
        if (Asked.Text(context, name) is not { } text)
        {
            return true;
        }

        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out time);
    }
}
