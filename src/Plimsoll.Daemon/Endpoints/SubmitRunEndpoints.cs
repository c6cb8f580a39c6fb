using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Accepts plans; answered when they are durable.</summary>
internal sealed class SubmitRunEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/api/v1/runs", SubmitAsync).Needs(AccessScope.Submit);

    private async Task SubmitAsync(HttpContext context)
    {
        if (await PlanReading.ReadAsync(context, SubmitEndpoints.KeyOf(context)) is not { } plan)
        {
            return;
        }

        if ((await service.Plans.SubmitAsync(AccessGate.CallerOf(context), plan, context.RequestAborted)).TryGet(out SubmittedRun? run, out Refusal? refusal))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = $"/api/v1/runs/{run.Run}";
            await context.WriteJsonAsync(new SubmittedRunView(run.Run.Value, run.Name, run.Tasks, run.Warnings, run.Repeated), ServiceJsonContext.Default.SubmittedRunView);
            return;
        }

        await Problem.WriteAsync(context, refusal);
    }
}
