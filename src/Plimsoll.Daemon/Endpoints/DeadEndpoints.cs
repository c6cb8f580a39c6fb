using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Lists dead letters, puts them back and purges them: one by one, or those a filter selects.</summary>
internal sealed class DeadEndpoints(ServiceHost service)
{
    private const string DryRun = "dry_run";

    private readonly DeadShelf shelf = new(service);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/dead", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/dead/{task}", ShowAsync).Needs(AccessScope.Read);
        routes.MapPost("/api/v1/dead/retry", context => ChangeAllAsync(context, RetryAsync)).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/dead/purge", context => ChangeAllAsync(context, PurgeAsync, DryRun)).Needs(AccessScope.Admin);
        routes.MapPost("/api/v1/dead/{task}/retry", context => ChangeOneAsync(context, RetryAsync)).Needs(AccessScope.Submit);
        routes.MapDelete("/api/v1/dead/{task}", context => ChangeOneAsync(context, PurgeAsync)).Needs(AccessScope.Submit);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await TaskQueryReading.ReadAsync(context, null) is not { } selection)
        {
            return;
        }

        (IReadOnlyList<TaskRecord> letters, TaskId? next) = await shelf.ReadAsync(AccessGate.CallerOf(context), selection, context.RequestAborted);
        var views = new List<DeadView>(letters.Count);
        foreach (TaskRecord letter in letters)
        {
            views.Add(await shelf.ViewAsync(letter, context.RequestAborted));
        }

        await context.WriteJsonAsync(new DeadPageView(views, next?.ToString()), ServiceJsonContext.Default.DeadPageView);
    }

    private async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } letter)
        {
            await context.WriteJsonAsync(await shelf.ViewAsync(letter, context.RequestAborted), ServiceJsonContext.Default.DeadView);
        }
    }

    private async Task ChangeOneAsync(HttpContext context, Func<HttpContext, IReadOnlyList<TaskRecord>, TaskId?, Task> change)
    {
        if (await FindAsync(context) is { } letter)
        {
            await change(context, [letter], null);
        }
    }

    /// <summary>Those of a page: who wants all asks until there are no more.</summary>
    private async Task ChangeAllAsync(HttpContext context, Func<HttpContext, IReadOnlyList<TaskRecord>, TaskId?, Task> change, params ImmutableArray<string> also)
    {
        if (await TaskQueryReading.ReadAsync(context, null, DeadShelf.MostAtOnce, also) is { } selection)
        {
            (IReadOnlyList<TaskRecord> letters, TaskId? next) = await shelf.ReadAsync(AccessGate.CallerOf(context), selection, context.RequestAborted);
            await change(context, letters, next);
        }
    }

    private async Task RetryAsync(HttpContext context, IReadOnlyList<TaskRecord> letters, TaskId? next)
    {
        if (await shelf.RetryAsync(AccessGate.CallerOf(context), letters, context.RequestAborted) is { } refusal)
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        context.Response.StatusCode = StatusCodes.Status202Accepted;
        await AnswerAsync(context, new DeadChangeView("retry", [.. letters.Select(static letter => letter.Task.ToString())], false), next);
    }

    private async Task PurgeAsync(HttpContext context, IReadOnlyList<TaskRecord> letters, TaskId? next)
    {
        if ((await shelf.PurgeAsync(AccessGate.CallerOf(context), letters, Asked.Flag(context, DryRun), context.RequestAborted)).TryGet(out DeadChangeView? change, out Refusal? refusal))
        {
            await AnswerAsync(context, change, next);
            return;
        }

        await Problem.WriteAsync(context, refusal);
    }

    private static Task AnswerAsync(HttpContext context, DeadChangeView change, TaskId? next) =>
        context.WriteJsonAsync(change with { More = next is not null, Next = next?.ToString() }, ServiceJsonContext.Default.DeadChangeView);

    /// <summary>The letter of the path; null after an answer that says why there is none.</summary>
    private async Task<TaskRecord?> FindAsync(HttpContext context)
    {
        if (await Asked.TaskAsync(context) is not { } id)
        {
            return null;
        }

        if ((await shelf.FindAsync(AccessGate.CallerOf(context), id, context.RequestAborted)).TryGet(out TaskRecord? letter, out Refusal? refusal))
        {
            return letter;
        }

        await Problem.WriteAsync(context, refusal);
        return null;
    }
}
