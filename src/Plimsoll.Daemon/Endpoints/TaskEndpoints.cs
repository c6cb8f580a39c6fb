using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Lists tasks of one run or of all, and tells everything about one.</summary>
internal sealed class TaskEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks", context => ListAsync(context, null)).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/tasks", OfRunAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/tasks/{task}", DetailAsync).Needs(AccessScope.Read);
    }

    private async Task OfRunAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is not { } run)
        {
            return;
        }

        if (await new RunDetails(service).FindAsync(AccessGate.CallerOf(context), run, context.RequestAborted) is null)
        {
            await Problem.NotFoundAsync(context, $"there is no run {run}", "GET /api/v1/runs lists them.");
            return;
        }

        await ListAsync(context, run);
    }

    private async Task ListAsync(HttpContext context, RunId? run)
    {
        if (await TaskQueryReading.ReadAsync(context, run) is not { } selection)
        {
            return;
        }

        (IReadOnlyList<TaskRecord> tasks, TaskId? next) = await new TaskPages(service).ReadAsync(AccessGate.CallerOf(context), selection, context.RequestAborted);
        var page = new TaskPageView([.. tasks.Select(JournalQueries.View)], next?.ToString());
        await context.WriteJsonAsync(page, ServiceJsonContext.Default.TaskPageView);
    }

    private async Task DetailAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is not { } id)
        {
            return;
        }

        if (await new TaskDetails(service).FindAsync(AccessGate.CallerOf(context), id, context.RequestAborted) is { } view)
        {
            await context.WriteJsonAsync(view, ServiceJsonContext.Default.TaskDetailView);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no task {id}", "GET /api/v1/tasks lists them.");
    }
}
