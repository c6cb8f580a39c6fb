using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Watching.Metrics;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows the metrics as Prometheus reads them; a token is needed only off the loopback.</summary>
internal sealed class MetricsEndpoint(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/metrics", WriteAsync).NeedsOffLoopback(AccessScope.Read);

    private async Task WriteAsync(HttpContext context)
    {
        if (!await WatchEndpoints.IsForPeopleAsync(context))
        {
            return;
        }

        await service.Watch.FirstAsync(context.RequestAborted);
        byte[] text = service.Metrics.Write();
        context.Response.ContentType = PrometheusText.ContentType;
        context.Response.ContentLength = text.Length;
        await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
