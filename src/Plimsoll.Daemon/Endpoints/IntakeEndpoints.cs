using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Pauses, drains and resumes the service; answered when it is durable.</summary>
internal sealed class IntakeEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/intake", context => context.WriteJsonAsync(View(), ServiceJsonContext.Default.IntakeView)).Needs(AccessScope.Read);
        routes.MapPost("/api/v1/pause", context => ChangeAsync(context, IntakeDesk.Paused)).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/drain", context => ChangeAsync(context, IntakeDesk.Draining)).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/resume", context => ChangeAsync(context, null)).Needs(AccessScope.Admin);
    }

    private IntakeView View() => service.IntakeDesk.View(service.Intake.IsClosed);

    private async Task ChangeAsync(HttpContext context, string? state)
    {
        if (await context.ReadReasonAsync() is not { } asked)
        {
            return;
        }

        if (service.Intake.IsClosed)
        {
            await Problem.WriteAsync(context, Unavailable.Stopping);
            return;
        }

        if (await service.IntakeDesk.ChangeAsync(AccessGate.CallerOf(context), state, asked.Reason) is { } refusal)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        await context.WriteJsonAsync(View(), ServiceJsonContext.Default.IntakeView);
    }
}
