using System.Text;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>A service of Plimsoll, here or elsewhere. Safe for use by several threads; one instance keeps its connections.</summary>
/// <remarks>
/// Every call gives a value or a problem, also when the service cannot be reached; only cancellation throws.
/// <code>
/// ServiceAddress.TryParse("http://127.0.0.1:8000", out var address);
/// using var service = new ServiceClient(address!, token);
/// if ((await service.Tasks.SubmitAsync(new TaskSubmission { Template = "review" })).TryGet(out var task, out var problem))
///     await service.WaitAsync([task.Id], TimeSpan.FromMinutes(5));
/// </code>
/// </remarks>
public sealed class ServiceClient : IDisposable
{
    private readonly ServiceTransport transport;

    /// <param name="token">Bearer token; null = none, which a Unix socket does not need.</param>
    public ServiceClient(ServiceAddress address, string? token)
    {
        transport = new ServiceTransport(address, token);
        Tasks = new TasksClient(transport);
        Runs = new RunsClient(transport);
        Tokens = new TokensClient(transport);
    }

    public TasksClient Tasks { get; }

    public RunsClient Runs { get; }

    public TokensClient Tokens { get; }

    /// <summary>How the service is, and how busy.</summary>
    public Task<ServiceAnswer<HealthView>> HealthAsync(CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, "health", null, ServiceJsonContext.Default.HealthView, cancellationToken);

    /// <summary>Waits until all of these tasks (<c>12.345</c>) and runs (<c>12</c>) have ended.</summary>
    /// <param name="patience">How long at most; the service cuts it to what it allows: ask again while <see cref="WaitView.Done"/> is false.</param>
    public Task<ServiceAnswer<WaitView>> WaitAsync(IReadOnlyList<string> ids, TimeSpan patience, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            "api/v1/wait",
            ServiceTransport.Json(new WaitRequest(ids, patience.TotalSeconds), ClientJsonContext.Default.WaitRequest),
            ServiceJsonContext.Default.WaitView,
            cancellationToken);

    /// <summary>A page of dead letters, newest run first.</summary>
    public Task<ServiceAnswer<DeadPageView>> DeadAsync(TaskListQuery query, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, query.ToPath("api/v1/dead"), null, ServiceJsonContext.Default.DeadPageView, cancellationToken);

    /// <summary>Forgets dead letters, up to a page of them; ask again while there are more.</summary>
    /// <param name="dryRun">Only says what would go.</param>
    public Task<ServiceAnswer<DeadChangeView>> PurgeAsync(TaskListQuery query, bool dryRun = false, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, query.ToPath("api/v1/dead/purge") + (dryRun ? "&dry_run=true" : ""), null, ServiceJsonContext.Default.DeadChangeView, cancellationToken);

    /// <summary>The limits that all tasks share.</summary>
    public Task<ServiceAnswer<LimitsView>> LimitsAsync(CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, "api/v1/limits", null, ServiceJsonContext.Default.LimitsView, cancellationToken);

    /// <summary>Retunes limits while tasks run; what is null stays as it is.</summary>
    public Task<ServiceAnswer<LimitsView>> ChangeLimitsAsync(LimitsChangeView change, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Patch, "api/v1/limits", ServiceTransport.Json(change, ServiceJsonContext.Default.LimitsChangeView), ServiceJsonContext.Default.LimitsView, cancellationToken);

    /// <summary>Sends a request that has no method of its own and gives the answer as text.</summary>
    /// <param name="path">Without a leading slash, such as <c>api/v1/pool</c>.</param>
    public Task<ServiceAnswer<string>> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken = default) =>
        transport.SendTextAsync(method, path, json is null ? null : ServiceTransport.Json(Encoding.UTF8.GetBytes(json)), cancellationToken);

    /// <summary>Begins to read an answer that goes on; the caller disposes it.</summary>
    /// <param name="path">Without a leading slash.</param>
    public Task<ServiceAnswer<HttpResponseMessage>> OpenAsync(string path, CancellationToken cancellationToken = default) => transport.OpenAsync(path, cancellationToken);

    public void Dispose() => transport.Dispose();
}
