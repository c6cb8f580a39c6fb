using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows agents: what they can do, and what they do.</summary>
internal sealed class AgentEndpoints(ServiceHost service)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/agents", ListAsync).Needs(AccessScope.Read);
        routes.MapGet("/api/v1/agents/{agent}", ShowAsync).Needs(AccessScope.Read);
    }

    private async Task ListAsync(HttpContext context)
    {
        IReadOnlyList<AgentStateView> agents = await service.Agents.ListAsync(AccessGate.CallerOf(context));
        await context.WriteJsonAsync(new AgentListView(agents), ServiceJsonContext.Default.AgentListView);
    }

    private async Task ShowAsync(HttpContext context)
    {
        string name = context.GetRouteValue("agent") as string ?? "";
        if ((await service.Agents.ListAsync(AccessGate.CallerOf(context))).FirstOrDefault(agent => agent.Name == name) is { } agent)
        {
            await context.WriteJsonAsync(agent, ServiceJsonContext.Default.AgentStateView);
            return;
        }

        await Problem.NotFoundAsync(context, $"there is no agent '{Asked.Shown(name)}'", "GET /api/v1/agents lists them; agents: in plimsoll.yaml declares more.");
    }
}
