using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Says whether the service is alive and ready, and how busy it is; for everybody.</summary>
internal sealed class HealthEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health", context => context.WriteJsonAsync(View(), ServiceJsonContext.Default.HealthView)).Needs(AccessScope.None);
        routes.MapGet("/health/live", context => context.WriteJsonAsync(View(), ServiceJsonContext.Default.HealthView)).Needs(AccessScope.None);
        routes.MapGet("/health/ready", ReadyAsync).Needs(AccessScope.None);
    }

    private Task ReadyAsync(HttpContext context)
    {
        HealthView view = View();
        context.Response.StatusCode = view.Status is "ok" or IntakeDesk.Paused ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return context.WriteJsonAsync(view, ServiceJsonContext.Default.HealthView);
    }

    private HealthView View()
    {
        int running = service.Pool.Running;
        int size = service.PoolSize;
        string? trouble = service.Loop.JournalTrouble;
        string status = trouble is not null && !service.Intake.IsClosed ? "degraded" : service.IntakeDesk.View(service.Intake.IsClosed).State is var state && state == "serving" ? "ok" : state;
        return new HealthView(status, running, service.Pool.Queued, Math.Max(0, size - running), size, trouble);
    }
}
