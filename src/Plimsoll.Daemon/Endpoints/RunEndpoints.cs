using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client;
using Plimsoll.Client.Reports;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Projects;
using Plimsoll.Daemon.Reports;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Lists runs, and tells what happens in one.</summary>
internal sealed class RunEndpoints(ServiceHost service)
{
    private const int Usual = 20;
    private const int Most = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/runs", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}", DetailAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/why", ExplainAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/runs/{run}/comparison", CompareAsync).Needs(AccessScope.Read);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await Asked.NumberAsync(context, "limit", Usual, Most) is { } limit && await Asked.NumberAsync(context, "after", int.MaxValue, int.MaxValue) is { } after)
        {
            IReadOnlyList<RunView> runs = await new RunDetails(service).ListAsync(AccessGate.CallerOf(context), after, limit, context.RequestAborted);
            await context.WriteJsonAsync(new RunListView(runs, runs.Count == limit ? runs[^1].Run : null), ServiceJsonContext.Default.RunListView);
        }
    }

    private async Task DetailAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is not { } run)
        {
            return;
        }

        var details = new RunDetails(service);
        if (await details.FindAsync(AccessGate.CallerOf(context), run, context.RequestAborted) is { } record)
        {
            await context.WriteJsonAsync(await details.DetailAsync(record), ServiceJsonContext.Default.RunDetailView);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no run {run}", "GET /api/v1/runs lists them.");
    }

    /// <summary><c>?with=7,9</c>: beside these runs instead of its predecessors.</summary>
    private async Task CompareAsync(HttpContext context)
    {
        if (!await WatchEndpoints.IsForPeopleAsync(context) || await Asked.RunAsync(context) is not { } run)
        {
            return;
        }

        int[] others = [.. Asked.Words(context, "with").Select(static word => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0)];
        if (others.Contains(0))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "with names runs by their numbers", "Write ?with=7,9, or leave it out for the last runs of the same name.");
            return;
        }

        Outcome<RunComparisonView> answer = await new ReportQueries(service.Context).CompareAsync(new TaskAddress(run.Value, null), others, context.RequestAborted);
        await (answer.TryGet(out RunComparisonView? view, out Refusal? refusal) ? context.WriteJsonAsync(view, PlimsollJsonContext.Default.RunComparisonView) : Problem.WriteAsync(context, refusal));
    }

    private async Task ExplainAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is not { } run || await Asked.NumberAsync(context, "limit", Usual, Most) is not { } limit)
        {
            return;
        }

        if (service.Lineage.Reaches(AccessGate.CallerOf(context), run) && await service.Shelf.RestoreAsync(run, context.RequestAborted))
        {
            IReadOnlyList<ExplanationView> tasks = await service.Loop.Calls.AskAsync((kernel, now) => service.Loop.Registry.Find(run) is { } known ? Explanations.Of(kernel, known, null, limit, now) : []);
            await context.WriteJsonAsync(new ExplanationListView(tasks), ServiceJsonContext.Default.ExplanationListView);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no run {run}", "GET /api/v1/runs lists them.");
    }
}
