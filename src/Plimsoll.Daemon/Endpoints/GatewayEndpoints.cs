using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Gateways;
using Plimsoll.Client.Overviews;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Limits;
using Plimsoll.Core.Providers;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Gateways;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Shows what each quota has left, who waits for it, and which tasks spent most.</summary>
internal sealed class GatewayEndpoints(ServiceHost service)
{
    private const int TasksShown = 50;

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v1/gateway", ShowAsync).Needs(AccessScope.Read);

    private async Task ShowAsync(HttpContext context)
    {
        if (!await WatchEndpoints.IsForPeopleAsync(context))
        {
            return;
        }

        IReadOnlyList<TaskCostView> tasks = await service.Loop.Calls.AskAsync((_, _) => (IReadOnlyList<TaskCostView>)[.. service.Usage.Largest(TasksShown).Select(View)]);
        var view = new GatewayStateView(service.Loop.Gateway is { } gateway ? Quotas(gateway) : [], tasks);
        await context.WriteJsonAsync(view, OverviewJsonContext.Default.GatewayStateView);
    }

    private TaskCostView View(KeyValuePair<TaskId, ModelUsage> spent) => new(
        spent.Key.ToString(),
        service.Loop.Registry.Find(spent.Key.Run) is { } tasks && spent.Key.Ordinal < tasks.Count ? tasks.NameOf(spent.Key.Ordinal) : spent.Key.ToString(),
        UsageTally.View(spent.Value)!);

    // Apart, so that a service without a provider does not load the gateway.
    private static QuotaStateView[] Quotas(GatewayLink gateway) =>
        [.. gateway.Snapshot().Quotas.Select(static quota => new QuotaStateView(
            quota.Provider,
            quota.Account,
            quota.Models,
            quota.Waiting,
            quota.InFlight,
            quota.Refusals,
            [.. quota.Levels.Select(static level => new QuotaLevelView(WordOf(level.Dimension), level.PerMinute, level.Remaining, level.Learned))]))];

    private static string WordOf(Dimension dimension) => dimension switch
    {
        Dimension.Requests => "requests",
        Dimension.InputTokens => "input_tokens",
        Dimension.OutputTokens => "output_tokens",
        Dimension.TotalTokens => "total_tokens",
        Dimension.DailyRequests => "daily_requests",
        Dimension.Concurrency => "concurrency",
        _ => "money",
    };
}
