using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Requests;
using Plimsoll.Daemon.Serving;
using Plimsoll.Daemon.Serving.Submitting;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Accepts tasks: one or thousands in a request; answered when they are durable.</summary>
internal sealed class SubmitEndpoints(ServiceHost service)
{
    private const string KeyHeader = "Idempotency-Key";

    /// <summary>A journal that hangs must not hold clients for ever.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/tasks", SimpleAsync).Needs(AccessScope.None);
        routes.MapPost("/api/v1/tasks", FullAsync).Needs(AccessScope.Submit);
    }

    private async Task SimpleAsync(HttpContext context)
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is not null)
        {
            await AcceptOneAsync(context, TaskReading.Simple(body.RootElement, service.Works, KeyOf(context)));
        }
    }

    /// <summary>A single task as an object, or <c>{"tasks": [...]}</c>.</summary>
    private async Task FullAsync(HttpContext context)
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return;
        }

        if (body.RootElement.ValueKind != JsonValueKind.Object || !body.RootElement.TryGetProperty("tasks", out JsonElement tasks) || tasks.ValueKind != JsonValueKind.Array)
        {
            await AcceptOneAsync(context, TaskReading.Full(body.RootElement, service.Works, KeyOf(context), new DefinitionText()));
            return;
        }

        if (!SubmissionList.Read(tasks, service.Works).TryGet(out IReadOnlyList<Submission>? submissions, out Refusal? refusal))
        {
            await Problem.WriteAsync(context, refusal);
            return;
        }

        if ((await AcceptAsync(context, submissions)).TryGet(out IReadOnlyList<Submitted>? accepted, out refusal))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            await context.WriteJsonAsync(new SubmittedListView([.. accepted.Select(View)]), ServiceJsonContext.Default.SubmittedListView);
            return;
        }

        await Problem.WriteAsync(context, refusal);
    }

    private async Task AcceptOneAsync(HttpContext context, Outcome<Submission> read)
    {
        if (read.TryGet(out Submission? submission, out Refusal? refusal)
            && (await AcceptAsync(context, [submission])).TryGet(out IReadOnlyList<Submitted>? accepted, out refusal))
        {
            context.Response.StatusCode = StatusCodes.Status202Accepted;
            context.Response.Headers.Location = $"/api/v1/tasks/{accepted[0].Task}";
            await context.WriteJsonAsync(View(accepted[0]), ServiceJsonContext.Default.SubmittedView);
            return;
        }

        await Problem.WriteAsync(context, refusal);
    }

    private async Task<Outcome<IReadOnlyList<Submitted>>> AcceptAsync(HttpContext context, IReadOnlyList<Submission> submissions)
    {
        if (AccessGate.CallerOf(context).Attempt is { Task: var parent })
        {
            submissions = [.. submissions.Select(one => one with { Parent = parent })];
        }

        try
        {
            return await service.Intake.SubmitAsync(submissions).WaitAsync(Patience, service.Context.Time);
        }
        catch (TimeoutException)
        {
            return Unavailable.Unknown($"the journal has not answered for {Patience.TotalSeconds} s");
        }
    }

    private static SubmittedView View(Submitted task) => new(task.Task.ToString(), task.Name, task.Repeated);

    public static string? KeyOf(HttpContext context) => context.Request.Headers[KeyHeader] is [{ Length: > 0 and <= 200 } key] ? key : null;
}
