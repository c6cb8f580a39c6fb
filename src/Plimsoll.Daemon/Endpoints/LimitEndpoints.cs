using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Capacity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows the limits that all tasks share, and retunes them while tasks run.</summary>
internal sealed class LimitEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/limits", async context => await AnswerAsync(context, await service.Limits.GetAsync())).Needs(AccessScope.Read);
        routes.MapPatch("/api/v1/limits", ChangeAsync).Needs(AccessScope.Admin);
    }

    private async Task ChangeAsync(HttpContext context)
    {
        if (await context.ReadJsonAsync(ServiceJsonContext.Default.LimitsChangeView, """{"max_concurrent": 8, "memory_reserve_bytes": 2147483648, "locks": {"gpu": 2}, "services": {"github": {"rate": "100/min"}}}""") is not { } wanted)
        {
            return;
        }

        if (service.Loop.JournalTrouble is { } trouble)
        {
            await Problem.WriteAsync(context, Unavailable.Journal(trouble));
            return;
        }

        if (!LimitsReading.Read(wanted).TryGet(out WantedLimits? change, out Refusal? refusal))
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        await AnswerAsync(context, await service.Limits.ChangeAsync(AccessGate.CallerOf(context), change, context.RequestAborted));
    }

    private static Task AnswerAsync(HttpContext context, KernelLimits limits) =>
        context.WriteJsonAsync(Limits.View(limits, default, live: true), ServiceJsonContext.Default.LimitsView);
}
