using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Watching;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Lists alerts, acknowledges and silences them.</summary>
internal sealed class AlertEndpoints(ServiceHost service)
{
    private const double MostMinutes = 43_200;
    private const int UsualHistory = 100;
    private const int LongestReason = 500;
    private const string Example = """{"minutes": 60, "reason": "known, being looked at"}""";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/alerts", ListAsync).Needs(AccessScope.Read);
        routes.MapPost("/api/v1/alerts/{id}/acknowledge", AcknowledgeAsync).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/alerts/{id}/silence", SilenceOneAsync).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/alerts/silences", SilenceAsync).Needs(AccessScope.Admin);
        routes.MapDelete("/api/v1/alerts/silences/{id}", EndSilenceAsync).Needs(AccessScope.Admin);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await WatchEndpoints.IsForPeopleAsync(context) && await Asked.NumberAsync(context, "history", UsualHistory, AlertEngine.MostHistory) is { } history)
        {
            await context.WriteJsonAsync(service.Watch.Use(watcher => AlertViews.List(watcher.Alerts, history)), WatchViewContext.Default.AlertListView);
        }
    }

    private async Task AcknowledgeAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } alert)
        {
            return;
        }

        Caller caller = AccessGate.CallerOf(context);
        await service.Audit.ApplyAsync(caller, "acknowledge", $"alert {alert.Id}", $"{alert.Rule} {alert.Subject}", []);
        service.Watch.Change(engine => engine.Acknowledge(alert.Id, caller.Name, service.Loop.Clock.Now));
        Alert? now = service.Watch.Use(watcher => watcher.Alerts.Active.FirstOrDefault(one => one.Id == alert.Id));
        await context.WriteJsonAsync(AlertViews.Of(now ?? alert), WatchViewContext.Default.AlertView);
    }

    private async Task SilenceOneAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } alert && await ReadAsync(context) is { } wish)
        {
            await SilenceAsync(context, wish with { Rule = alert.Rule, Subject = alert.Subject });
        }
    }

    private async Task SilenceAsync(HttpContext context)
    {
        if (await ReadAsync(context) is not { } wish)
        {
            return;
        }

        if (wish.Rule is { } rule && !service.Watch.Use(watcher => watcher.Alerts.Rules.Any(one => one.Name == rule)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"there is no rule '{Asked.Shown(rule)}'", "GET /api/v1/alerts lists the rules; leave rule out to silence all.");
            return;
        }

        await SilenceAsync(context, wish);
    }

    private async Task SilenceAsync(HttpContext context, SilenceRequestView wish)
    {
        Caller caller = AccessGate.CallerOf(context);
        string reason = wish.Reason is { Length: > LongestReason } text ? text[..LongestReason] + "…" : wish.Reason ?? "";
        await service.Audit.ApplyAsync(caller, "silence", $"alerts {wish.Rule ?? "of all rules"} {wish.Subject}", string.Create(CultureInfo.InvariantCulture, $"{wish.Minutes} minutes: {reason}"), []);
        DateTimeOffset until = service.Loop.Clock.Now + TimeSpan.FromMinutes(wish.Minutes!.Value);
        Silence silence = service.Watch.Change(engine => engine.AddSilence(wish.Rule, wish.Subject, until, reason, caller.Name));
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.WriteJsonAsync(AlertViews.Of(silence), WatchViewContext.Default.SilenceView);
    }

    private async Task EndSilenceAsync(HttpContext context)
    {
        if (Number(context) is { } id && service.Watch.Change(engine => engine.RemoveSilence(id)))
        {
            await service.Audit.ApplyAsync(AccessGate.CallerOf(context), "unsilence", $"silence {id}", null, []);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await Problem.NotFoundAsync(context, "there is no such silence, or it is over", "GET /api/v1/alerts lists them.");
    }

    private static async Task<SilenceRequestView?> ReadAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync(WatchViewContext.Default.SilenceRequestView, Example) is not { } wish)
        {
            return null;
        }

        if (wish.Minutes is >= 1 and <= MostMinutes)
        {
            return wish;
        }

        await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"minutes is a number from 1 to {MostMinutes}", $"Send {Example}.");
        return null;
    }

    /// <summary>The raised alert of the path; null after an answer that says that there is none.</summary>
    private async Task<Alert?> FindAsync(HttpContext context)
    {
        if (Number(context) is { } id && service.Watch.Use(watcher => watcher.Alerts.Active.FirstOrDefault(alert => alert.Id == id)) is { } alert)
        {
            return alert;
        }

        await Problem.NotFoundAsync(context, "there is no such alert raised", "GET /api/v1/alerts lists them; one that has cleared needs nothing.");
        return null;
    }

    private static long? Number(HttpContext context) =>
        long.TryParse(context.Request.RouteValues["id"] as string, NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : null;
}
