using System.Collections.Frozen;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Streaming;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Streams what happens, as server-sent events; a client that comes back goes on where it was, or is told of the gap.</summary>
internal sealed class EventEndpoints(ServiceHost service)
{
    private const int MostSubscribers = 1000;

    private int subscribers;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/events", StreamAsync).Needs(AccessScope.Read);

    private async Task StreamAsync(HttpContext context)
    {
        if (await WishAsync(context) is not { } wish)
        {
            return;
        }

        if (Interlocked.Increment(ref subscribers) > MostSubscribers)
        {
            Interlocked.Decrement(ref subscribers);
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, $"{MostSubscribers} streams are open already", "Close one, or come back later.");
            return;
        }

        try
        {
            await WriteAsync(context, wish);
        }
        catch (OperationCanceledException)
        {
            // The client has left, or the service stops: it comes back.
        }
        finally
        {
            Interlocked.Decrement(ref subscribers);
        }
    }

    private async Task WriteAsync(HttpContext context, EventWish wish)
    {
        IHostApplicationLifetime host = context.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no"; // nginx would hold events back
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        string? last = context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } header, ..] ? header : Asked.Text(context, "last_event_id");
        var stream = new EventStream(service.Events, context.Response.BodyWriter, one => wish.Takes(one, service.Lineage), service.Context.Time);
        await stream.WriteAsync(last, () => wish.Caller.Attempt is not { } attempt || service.IsLive(attempt), over.Token);
    }

    /// <summary>What is wanted; null after an answer that says what is wrong.</summary>
    private static async Task<EventWish?> WishAsync(HttpContext context)
    {
        RunId? run = null;
        if (Asked.Text(context, "run") is { } text)
        {
            if (!Lineage.TryRun(text, out RunId named))
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"run is a number from 1, found '{Asked.Shown(text)}'");
                return null;
            }

            run = named;
        }

        string[] kinds = Asked.Words(context, "kind");
        if (kinds.FirstOrDefault(static kind => !EventKinds.All.Contains(kind, StringComparer.Ordinal)) is { } unknown)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"there is no kind of event '{Asked.Shown(unknown)}'", $"The kinds are {string.Join(", ", EventKinds.All)}.");
            return null;
        }

        return new EventWish(AccessGate.CallerOf(context), run, kinds.ToFrozenSet(StringComparer.Ordinal));
    }
}
