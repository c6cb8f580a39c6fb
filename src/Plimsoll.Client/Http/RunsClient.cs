using System.Globalization;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>Runs of a service.</summary>
public sealed class RunsClient
{
    private const string Path = "api/v1/runs";
    private readonly ServiceTransport transport;

    internal RunsClient(ServiceTransport transport) => this.transport = transport;

    /// <summary>Submits a plan; once it is answered it is durable.</summary>
    /// <param name="key">Of submissions with the same key only the first is accepted; null = none.</param>
    public Task<ServiceAnswer<SubmittedRunView>> SubmitAsync(PlanSubmissionView plan, string? key = null, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            Path,
            ServiceTransport.Json(plan, ServiceJsonContext.Default.PlanSubmissionView),
            ServiceJsonContext.Default.SubmittedRunView,
            cancellationToken,
            key);

    /// <summary>Runs, newest first.</summary>
    /// <param name="limit">From 1 to 1000.</param>
    public Task<ServiceAnswer<RunListView>> ListAsync(int limit = 20, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, $"{Path}?limit={limit.ToString(CultureInfo.InvariantCulture)}", null, ServiceJsonContext.Default.RunListView, cancellationToken);

    /// <summary>One run, with what runs and waits in it.</summary>
    public Task<ServiceAnswer<RunDetailView>> GetAsync(int run, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, Of(run), null, ServiceJsonContext.Default.RunDetailView, cancellationToken);

    /// <summary>What waits in a run and why, the next in turn first.</summary>
    /// <param name="limit">From 1 to 1000.</param>
    public Task<ServiceAnswer<ExplanationListView>> ExplainAsync(int run, int limit = 20, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, $"{Of(run)}/why?limit={limit.ToString(CultureInfo.InvariantCulture)}", null, ServiceJsonContext.Default.ExplanationListView, cancellationToken);

    /// <summary>Cancels what is left of a run.</summary>
    public Task<ServiceAnswer<ChangeView>> CancelAsync(int run, string? reason, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            $"{Of(run)}/cancel",
            ServiceTransport.Json(new ReasonedView(reason), ServiceJsonContext.Default.ReasonedView),
            ServiceJsonContext.Default.ChangeView,
            cancellationToken);

    /// <summary>Puts everything of a run back that ended badly.</summary>
    public Task<ServiceAnswer<ChangeView>> RetryAsync(int run, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, $"{Of(run)}/retry", null, ServiceJsonContext.Default.ChangeView, cancellationToken);

    private static string Of(int run) => $"{Path}/{run.ToString(CultureInfo.InvariantCulture)}";
}
