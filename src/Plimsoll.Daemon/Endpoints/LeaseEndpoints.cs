using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Leases;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Leases of memory, cores and locks: asked for, renewed, held by an open connection, released.</summary>
internal sealed class LeaseEndpoints(ServiceHost service)
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(1);
    private static readonly byte[] Beat = "\n"u8.ToArray();

    private readonly LeaseDesk desk = new(service);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/leases", AskAsync).Needs(AccessScope.Submit);
        routes.MapGet("/api/v1/leases", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/leases/{id}", ShowAsync).Needs(AccessScope.Read);
        routes.MapPost("/api/v1/leases/{id}/renew", RenewAsync).Needs(AccessScope.Submit);
        routes.MapGet("/api/v1/leases/{id}/hold", HoldAsync).Needs(AccessScope.Submit);
        routes.MapDelete("/api/v1/leases/{id}", ReleaseAsync).Needs(AccessScope.Submit);
    }

    private async Task AskAsync(HttpContext context)
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return;
        }

        if (LeaseReading.Read(body.RootElement, service.Works).TryGet(out LeaseWish? wish, out Refusal? refusal)
            && (await desk.AskAsync(AccessGate.CallerOf(context), wish, context.RequestAborted)).TryGet(out LeaseView? view, out refusal))
        {
            context.Response.StatusCode = view.State == "held" ? StatusCodes.Status201Created : StatusCodes.Status202Accepted;
            context.Response.Headers.Location = $"/api/v1/leases/{view.Id}";
            await context.WriteJsonAsync(view, ServiceJsonContext.Default.LeaseView);
            return;
        }

        await Problem.WriteAsync(context, refusal);
    }

    private async Task ListAsync(HttpContext context)
    {
        var views = new List<LeaseView>();
        foreach (LeaseLook look in desk.All(AccessGate.CallerOf(context)))
        {
            views.Add(await desk.ViewAsync(look));
        }

        await context.WriteJsonAsync(new LeaseListView(views), ServiceJsonContext.Default.LeaseListView);
    }

    /// <summary><c>?wait=60</c> waits until it is held; it does not expire meanwhile.</summary>
    private async Task ShowAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } look)
        {
            return;
        }

        if (double.TryParse(context.Request.Query["wait"], NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 3600)
        {
            look = await service.Leases.WaitAsync(look.Id, TimeSpan.FromSeconds(seconds), context.RequestAborted) ?? look;
        }

        await context.WriteJsonAsync(await desk.ViewAsync(look), ServiceJsonContext.Default.LeaseView);
    }

    private async Task RenewAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } look)
        {
            return;
        }

        if (service.Leases.Renew(look.Id) is { } renewed)
        {
            await context.WriteJsonAsync(await desk.ViewAsync(renewed), ServiceJsonContext.Default.LeaseView);
            return;
        }

        await GoneAsync(context, look.Id.ToString());
    }

    /// <summary>Holds the lease as long as the connection is open; its end releases it, unless the service is what ends.</summary>
    private async Task HoldAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } look)
        {
            return;
        }

        context.Response.ContentType = "text/plain";
        try
        {
            while (service.Leases.Renew(look.Id) is not null && !service.Intake.IsClosed)
            {
                await context.Response.Body.WriteAsync(Beat, context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Delay(Heartbeat, service.Context.Time, context.RequestAborted);
            }
        }
        catch (Exception left) when (left is OperationCanceledException or IOException)
        {
            if (!service.Intake.IsClosed)
            {
                service.Leases.Release(look.Id);
            }
        }
    }

    private async Task ReleaseAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } look)
        {
            service.Leases.Release(look.Id);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    /// <summary>The lease of the path; null after an answer that says why there is none. A fence of an earlier grant is refused.</summary>
    private async Task<LeaseLook?> FindAsync(HttpContext context)
    {
        string id = context.Request.RouteValues["id"] as string ?? "";
        if (!WaitTarget.TryParse(id, out WaitTarget target) || target.Task is not { } task || desk.Find(AccessGate.CallerOf(context), task) is not { } look)
        {
            await GoneAsync(context, id);
            return null;
        }

        string? fence = context.Request.Query["fence"];
        if (fence is not null && fence != look.Granted?.Fence.ToString(CultureInfo.InvariantCulture))
        {
            service.Requests.Stale();
            await Problem.WriteAsync(context, StatusCodes.Status409Conflict, $"the lease {id} is not held with the fence {fence}", "What was held with it is lost: stop using it, and ask for a new lease.");
            return null;
        }

        return look;
    }

    private static Task GoneAsync(HttpContext context, string id) =>
        Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"there is no lease {(id.Length > 40 ? id[..40] + "…" : id)}, or it has ended", "Ask for a new one with POST /api/v1/leases.");
}
