using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Plimsoll.Client.Services;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Ports;
using Plimsoll.Daemon.Access;
using Plimsoll.Daemon.Endpoints.Reading;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Serving;

namespace Plimsoll.Daemon.Endpoints;

/// <summary>Waits for tasks and runs to end; a task that waits so gives back its slot meanwhile.</summary>
internal sealed class WaitEndpoints(ServiceHost service)
{
    private const int MostTargets = 1000;
    private const double LongestSeconds = 3600;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/tasks/{task}/wait", OneAsync).Needs(AccessScope.Submit);
        routes.MapPost("/api/v1/wait", ManyAsync).Needs(AccessScope.Submit);
    }

    private Task OneAsync(HttpContext context)
    {
        string? text = context.Request.Query["timeout"];
        return text is null ? AnswerAsync(context, [(string?)context.Request.RouteValues["task"]], LongestSeconds)
            : double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) ? AnswerAsync(context, [(string?)context.Request.RouteValues["task"]], seconds)
            : Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"timeout is a number of seconds, found '{text}'", "Write ?timeout=60.");
    }

    /// <summary><c>{"tasks": ["12.3", "13"], "timeout_seconds": 60}</c></summary>
    private async Task ManyAsync(HttpContext context)
    {
        using JsonDocument? body = await context.ReadJsonAsync();
        if (body is null)
        {
            return;
        }

        JsonElement json = body.RootElement;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("tasks", out JsonElement tasks) || tasks.ValueKind != JsonValueKind.Array)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, "a wait needs the tasks it waits for", "Send {\"tasks\": [\"12.3\"], \"timeout_seconds\": 60}.");
            return;
        }

        double seconds = LongestSeconds;
        if (json.TryGetProperty("timeout_seconds", out JsonElement timeout) && (timeout.ValueKind != JsonValueKind.Number || !timeout.TryGetDouble(out seconds)))
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"timeout_seconds is a number, found {timeout.GetRawText()}", "Write \"timeout_seconds\": 60.");
            return;
        }

        await AnswerAsync(context, [.. tasks.EnumerateArray().Select(static one => one.ValueKind == JsonValueKind.String ? one.GetString() : one.GetRawText())], seconds);
    }

    private async Task AnswerAsync(HttpContext context, IReadOnlyList<string?> ids, double seconds)
    {
        if (ids.Count is 0 or > MostTargets || double.IsNaN(seconds) || seconds < 0)
        {
            await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"a wait takes 1 to {MostTargets} tasks and a time of at least 0 s, found {ids.Count} tasks and {seconds} s", "Wait for fewer at once.");
            return;
        }

        Caller caller = AccessGate.CallerOf(context);
        var targets = new List<WaitTarget>(ids.Count);
        foreach (string? id in ids)
        {
            if (!WaitTarget.TryParse(id, out WaitTarget target) || !Reaches(caller, target) || !await ExistsAsync(target, context.RequestAborted))
            {
                await Problem.WriteAsync(context, StatusCodes.Status404NotFound, $"there is no task or run {id}", "Name tasks as they were answered (12.345), or a run by its number.");
                return;
            }

            if (target.Task is { } own && own == caller.Attempt?.Task)
            {
                await Problem.WriteAsync(context, StatusCodes.Status400BadRequest, $"task {id} cannot wait for itself", "Wait for tasks that it has submitted.");
                return;
            }

            targets.Add(target);
        }

        bool done = await service.Waits.WaitAsync(caller, targets, TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds)), context.RequestAborted);
        var items = new List<WaitItemView>(targets.Count);
        foreach (WaitTarget target in targets)
        {
            items.Add(await ViewAsync(target, context.RequestAborted));
        }

        await context.WriteJsonAsync(new WaitView(done, items), ServiceJsonContext.Default.WaitView);
    }

    private bool Reaches(Caller caller, WaitTarget target) =>
        target.Task is { } task ? service.Lineage.Reaches(caller, task) : service.Lineage.Reaches(caller, target.Run);

    private async Task<bool> ExistsAsync(WaitTarget target, CancellationToken cancellationToken) => target.Task is { } task
        ? await service.Loop.State.Reader.TasksAsync(Only(task), cancellationToken) is [var record] && record.Task == task
        : await service.Loop.State.Reader.RunAsync(target.Run, cancellationToken) is not null;

    private async Task<WaitItemView> ViewAsync(WaitTarget target, CancellationToken cancellationToken)
    {
        IJournalReader reader = service.Loop.State.Reader;
        if (target.Task is not { } task)
        {
            RunRecord? run = await reader.RunAsync(target.Run, cancellationToken);
            bool failed = run is not null && (run.Counts[(int)TaskState.Failed] + run.Counts[(int)TaskState.Dead] + run.Counts[(int)TaskState.Cancelled]) > 0;
            string word = run is { FinishedAt: null } ? "running" : failed ? "failed" : "succeeded";
            return new WaitItemView(target.ToString(), run?.Name, word, run is not { FinishedAt: null }, null, null);
        }

        if (await reader.TasksAsync(Only(task), cancellationToken) is not [var record] || record.Task != task)
        {
            return new WaitItemView(target.ToString(), null, "unknown", Ended: true, "it has been cleaned away", null);
        }

        IReadOnlyDictionary<string, string>? outputs = record.State == TaskState.Succeeded ? await reader.OutputsAsync(task, cancellationToken) : null;
        return new WaitItemView(target.ToString(), record.Name, Words.Of(record.State), record.State.HasEnded(), record.Reason, outputs is { Count: > 0 } ? outputs : null);
    }

    private static TaskQuery Only(Core.Identity.TaskId task) => new(task.Run, [], null, new Core.Identity.TaskId(task.Value - 1), 1);
}
