using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Explain;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows classes of tasks: what was learned of them, what they do, and their circuit breakers.</summary>
internal sealed class ClassEndpoints(ServiceHost service)
{
    private const int Usual = 100;
    private const int Most = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/classes", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/classes/{class}", ShowAsync).Needs(AccessScope.Read);
    }

    private async Task ListAsync(HttpContext context)
    {
        if (await Asked.NumberAsync(context, "limit", Usual, Most) is not { } limit)
        {
            return;
        }

        string after = Asked.Text(context, "after") ?? "";
        (ImmutableArray<ClassSnapshot> classes, DateTimeOffset at) = await service.Loop.Calls.AskAsync((kernel, now) => (kernel.Classes(after, limit), now));
        var page = new ClassPageView([.. classes.Select(one => CapacityViews.View(one, at))], classes.Length == limit ? classes[^1].Name : null);
        await context.WriteJsonAsync(page, ServiceJsonContext.Default.ClassPageView);
    }

    private async Task ShowAsync(HttpContext context)
    {
        string name = context.GetRouteValue("class") as string ?? "";
        (ClassSnapshot? one, DateTimeOffset at) = await service.Loop.Calls.AskAsync((kernel, now) => (kernel.Class(name), now));
        if (one is null)
        {
            await Problem.NotFoundAsync(context, $"there is no class '{Asked.Shown(name)}'", "GET /api/v1/classes lists them.");
            return;
        }

        await context.WriteJsonAsync(CapacityViews.View(one, at), ServiceJsonContext.Default.ClassStateView);
    }
}
