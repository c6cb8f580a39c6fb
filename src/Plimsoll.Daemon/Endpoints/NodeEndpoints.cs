using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Explain;
using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Resources;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows the machines that run tasks, and the locks, limits and quotas they share: one consistent picture each.</summary>
internal sealed class NodeEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/nodes", NodesAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/locks", LocksAsync).Needs(AccessScope.Read);
    }

    private async Task NodesAsync(HttpContext context)
    {
        CapacitySnapshot picture = await TakeAsync();
        await context.WriteJsonAsync(new NodeListView(picture.At, [.. picture.Nodes.Select(CapacityViews.View)]), ServiceJsonContext.Default.NodeListView);
    }

    private async Task LocksAsync(HttpContext context)
    {
        (CapacitySnapshot picture, KernelLimits limits) = await service.Loop.Calls.AskAsync(static (kernel, now) => (kernel.Capacity(now), kernel.Limits));
        Caller caller = AccessGate.CallerOf(context);
        string? name = Asked.Text(context, "name");
        bool IsShown(LockSnapshot one) =>
            name is null ? one.Taken > 0 || one.Waiting > 0 || one.Kind != LockKind.Held || limits.LockUnits.ContainsKey(one.Name) : one.Name == name;
        bool Sees(TaskId task) => service.Lineage.Reaches(caller, task);
        IEnumerable<LockSnapshot> unused = limits.LockUnits.Where(pair => picture.Locks.All(one => one.Kind != LockKind.Held || one.Name != pair.Key))
            .Select(static pair => new LockSnapshot(pair.Key, LockKind.Held, pair.Value, 0, [], 0, []));
        var view = new LockListView(picture.At, [.. picture.Locks.Concat(unused).Where(IsShown).OrderBy(static one => one.Name, StringComparer.Ordinal).Select(one => CapacityViews.View(one, picture.At, Sees))]);
        await context.WriteJsonAsync(view, ServiceJsonContext.Default.LockListView);
    }

    private Task<CapacitySnapshot> TakeAsync() => service.Loop.Calls.AskAsync(static (kernel, now) => kernel.Capacity(now));
}
