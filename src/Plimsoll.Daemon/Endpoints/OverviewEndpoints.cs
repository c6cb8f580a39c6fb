using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plimsoll.Client.Overviews;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Overviews;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>The overview, once or as it changes, and the pictures of runs: what a display needs and nothing else.</summary>
internal sealed class OverviewEndpoints(ServiceHost service, OverviewFeed feed)
{
    /// <summary>After this a client connects anew and shows who it is.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    private readonly RunPictures pictures = new(service);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/overview", OnceAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/overview/live", LiveAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/graph", GraphAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/columns", ColumnsAsync).Needs(AccessScope.Read);
    }

    private async Task OnceAsync(HttpContext context)
    {
        if (await RefuseTaskAsync(context))
        {
            return;
        }

        await context.WriteJsonAsync(await feed.ReadAsync(), OverviewJsonContext.Default.OverviewView);
    }

    private async Task LiveAsync(HttpContext context)
    {
        if (await RefuseTaskAsync(context))
        {
            return;
        }

        CancellationToken stopping = context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        limit.CancelAfter(Longest);
        OverviewStream.Begin(context);
        try
        {
            for (long seen = 0; ;)
            {
                OverviewFrame frame = await feed.NextAsync(seen, limit.Token);
                seen = frame.Number;
                await OverviewStream.WriteAsync(context, "overview", seen, frame.Json, limit.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The client has left, its time is over, or the service ends.
        }
    }

    private async Task GraphAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } run)
        {
            return;
        }

        if (await pictures.GraphAsync(run.Run, context.RequestAborted) is { } graph)
        {
            await context.WriteJsonAsync(graph, OverviewJsonContext.Default.RunGraphView);
            return;
        }

        await Problem.NotFoundAsync(context, $"run {run.Run} has no task, or more than {RunPictures.MostTasks}", "GET /api/v1/runs/{run}/tasks lists them page by page.");
    }

    private async Task ColumnsAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } run)
        {
            await context.WriteJsonAsync(await pictures.ColumnsAsync(run), OverviewJsonContext.Default.RunColumnsView);
        }
    }

    private async Task<RunRecord?> FindAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is not { } run)
        {
            return null;
        }

        RunRecord? record = await new RunDetails(service).FindAsync(AccessGate.CallerOf(context), run, context.RequestAborted);
        if (record is null)
        {
            await Problem.NotFoundAsync(context, $"there is no run {run}", "GET /api/v1/runs lists them.");
        }

        return record;
    }

    /// <summary>A task sees what it submitted, and this shows everything.</summary>
    private static async Task<bool> RefuseTaskAsync(HttpContext context)
    {
        if (AccessGate.CallerOf(context).Attempt is null)
        {
            return false;
        }

        await Problem.WriteAsync(context, StatusCodes.Status403Forbidden, "a task does not see what others submitted", "GET /api/v1/tasks lists its own.");
        return true;
    }
}
