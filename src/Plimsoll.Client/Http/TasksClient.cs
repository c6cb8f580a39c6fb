using System.Globalization;
using System.Net.Http.Headers;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;

namespace Plimsoll.Client.Http;

/// <summary>Tasks of a service. A task is named by its id, <c>12.345</c>: run and number.</summary>
public sealed class TasksClient
{
    private const string Path = "api/v1/tasks";
    private readonly ServiceTransport transport;

    internal TasksClient(ServiceTransport transport) => this.transport = transport;

    /// <summary>Submits one task; once it is answered it is durable.</summary>
    public Task<ServiceAnswer<SubmittedView>> SubmitAsync(TaskSubmission task, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, Path, ServiceTransport.Json(task, ClientJsonContext.Default.TaskSubmission), ServiceJsonContext.Default.SubmittedView, cancellationToken);

    /// <summary>Submits thousands at once: all are accepted, or none.</summary>
    public Task<ServiceAnswer<SubmittedListView>> SubmitAsync(IReadOnlyList<TaskSubmission> tasks, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            Path,
            ServiceTransport.Json(new TaskSubmissionList(tasks), ClientJsonContext.Default.TaskSubmissionList),
            ServiceJsonContext.Default.SubmittedListView,
            cancellationToken);

    /// <summary>A page of tasks, newest run first.</summary>
    public Task<ServiceAnswer<TaskPageView>> ListAsync(TaskListQuery query, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, query.ToPath(), null, ServiceJsonContext.Default.TaskPageView, cancellationToken);

    /// <summary>Everything that is known of a task, also why it waits.</summary>
    public Task<ServiceAnswer<TaskDetailView>> GetAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Get, Of(id), null, ServiceJsonContext.Default.TaskDetailView, cancellationToken);

    /// <summary>Cancels a task; what runs of it is ended with its whole process tree.</summary>
    public Task<ServiceAnswer<ChangeView>> CancelAsync(string id, string? reason, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Post,
            $"{Of(id)}/cancel",
            ServiceTransport.Json(new ReasonedView(reason), ServiceJsonContext.Default.ReasonedView),
            ServiceJsonContext.Default.ChangeView,
            cancellationToken);

    /// <summary>Puts a task that ended badly back, with what depends on it.</summary>
    public Task<ServiceAnswer<ChangeView>> RetryAsync(string id, CancellationToken cancellationToken = default) =>
        transport.SendAsync(HttpMethod.Post, $"{Of(id)}/retry", null, ServiceJsonContext.Default.ChangeView, cancellationToken);

    /// <summary>Changes the priority of a task that has not ended; larger starts first.</summary>
    public Task<ServiceAnswer<ChangeView>> SetPriorityAsync(string id, int priority, CancellationToken cancellationToken = default) =>
        transport.SendAsync(
            HttpMethod.Put,
            $"{Of(id)}/priority",
            ServiceTransport.Json(new PriorityView(priority), ServiceJsonContext.Default.PriorityView),
            ServiceJsonContext.Default.ChangeView,
            cancellationToken);

    /// <summary>Begins to read what a task wrote, byte for byte; the caller disposes the answer.</summary>
    public Task<ServiceAnswer<HttpResponseMessage>> OpenLogAsync(string id, LogQuery query, CancellationToken cancellationToken = default)
    {
        string attempt = query.Attempt is { } number ? string.Create(CultureInfo.InvariantCulture, $"&attempt={number}") : "";
        string path = $"{Of(id)}/logs?stream={Uri.EscapeDataString(query.Stream)}{attempt}{(query.Follow ? "&follow=true" : "")}";
        return transport.OpenAsync(path, cancellationToken, query is { LastBytes: { } bytes, Follow: false } ? new RangeHeaderValue(null, bytes) : null);
    }

    private static string Of(string id) => $"{Path}/{Uri.EscapeDataString(id)}";
}
