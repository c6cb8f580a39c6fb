using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Cancels and retries runs and tasks, and changes priorities; answered when the change is durable.</summary>
internal sealed class ChangeEndpoints(ServiceHost service)
{
    private readonly WorkChanges changes = new(service);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/runs/{run}/cancel", CancelRunAsync).Needs(AccessScope.Submit);
        routes.MapPost("/api/v1/runs/{run}/retry", RetryRunAsync).Needs(AccessScope.Submit);
        routes.MapPost("/api/v1/tasks/{task}/cancel", CancelTaskAsync).Needs(AccessScope.Submit);
        routes.MapPost("/api/v1/tasks/{task}/retry", RetryTaskAsync).Needs(AccessScope.Submit);
        routes.MapPut("/api/v1/tasks/{task}/priority", PriorityAsync).Needs(AccessScope.Submit);
    }

    private async Task CancelRunAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is { } run && await context.ReadReasonAsync() is { } asked)
        {
            await AnswerAsync(context, await changes.CancelAsync(AccessGate.CallerOf(context), run, asked.Reason, context.RequestAborted));
        }
    }

    private async Task RetryRunAsync(HttpContext context)
    {
        if (await Asked.RunAsync(context) is { } run)
        {
            await AnswerAsync(context, await changes.RetryAsync(AccessGate.CallerOf(context), run, context.RequestAborted));
        }
    }

    private async Task CancelTaskAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is { } task && await context.ReadReasonAsync() is { } asked)
        {
            await AnswerAsync(context, await changes.CancelAsync(AccessGate.CallerOf(context), task, asked.Reason, context.RequestAborted));
        }
    }

    private async Task RetryTaskAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is { } task)
        {
            await AnswerAsync(context, await changes.RetryAsync(AccessGate.CallerOf(context), task, context.RequestAborted));
        }
    }

    private async Task PriorityAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is { } task && await context.ReadJsonAsync(ServiceJsonContext.Default.PriorityView, "{\"priority\": 5}") is { } wanted)
        {
            await AnswerAsync(context, await changes.PriorityAsync(AccessGate.CallerOf(context), task, wanted.Priority, context.RequestAborted));
        }
    }

    private static Task AnswerAsync(HttpContext context, Outcome<ChangeView> outcome)
    {
        if (!outcome.TryGet(out ChangeView? change, out Refusal? refusal))
        {
            return Problem.WriteAsync(context, refusal);
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        return context.WriteJsonAsync(change, ServiceJsonContext.Default.ChangeView);
    }
}
