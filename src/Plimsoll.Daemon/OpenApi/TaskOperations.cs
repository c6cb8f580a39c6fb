using System.Collections.Immutable;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Tasks: submitted one by one or by thousands, looked at, changed, waited for.</summary>
internal static class TaskOperations
{
    private const string Tag = "tasks";

    private const string Submission = """
        {"type":"object","description":"A task: a template with params, or the keys of a task in a plan (plimsoll schema prints them). Or {\"tasks\": [...]}: all are accepted, or none.",
         "properties":{"name":{"type":"string"},"priority":{"type":"integer"},"template":{"type":"string"},"params":{"type":"object"},"run":{"type":["string","array"]},"idempotency_key":{"type":"string"},"tasks":{"type":"array","items":{"type":"object"}}}}
        """;

    private const string Simple = """
        {"type":"object","description":"Fields that mean nothing else are parameters of the template named default, or of the one that is named.",
         "properties":{"template":{"type":"string"},"name":{"type":"string"},"priority":{"type":"integer"},"idempotency_key":{"type":"string"}},"additionalProperties":true}
        """;

    private const string Wait = """
        {"type":"object","required":["tasks"],"properties":{"tasks":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":1000,"description":"Tasks (12.345) and runs (12)."},"timeout_seconds":{"type":"number"}}}
        """;

    /// <summary>Which tasks a listing shows.</summary>
    public static ImmutableArray<ApiQuery> Filter { get; } =
    [
        new("state", "string", "Words separated by commas: waiting, ready, admitted, running, frozen, retrying, succeeded, failed, dead, cancelled, skipped."),
        new("class", "string", "Class of the tasks."),
        new("name", "string", "Name of the tasks."),
        new("text", "string", "A part of the name, in any case."),
        new("template", "string", "Template they were submitted with."),
        new("limit", "integer", "At most this many, 1 to 1000; 100 is usual."),
        new("after", "string", "next of the page before."),
    ];

    private static readonly ApiQuery OfRun = new("run", "integer", "Of one run.");

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("POST", "/api/tasks", Tag, "Accepts a task of a configured template, in the simple form; needs no token on loopback.") { BodySchema = Simple, Answer = ServiceJsonContext.Default.SubmittedView, Status = 202, TakesKey = true },
        new("POST", "/api/v1/tasks", Tag, "Accepts one task, or thousands; answered when they are durable. Many are answered with {\"tasks\": [...]}.") { BodySchema = Submission, Answer = ServiceJsonContext.Default.SubmittedView, Status = 202, TakesKey = true },
        new("GET", "/api/v1/tasks", Tag, "Tasks of all runs, newest run first, page by page.") { Query = [OfRun, .. Filter], Answer = ServiceJsonContext.Default.TaskPageView },
        new("GET", "/api/v1/tasks/{task}", Tag, "One task with its attempts, their memory curves, and why it stands where it stands.") { Answer = ServiceJsonContext.Default.TaskDetailView },
        new("POST", "/api/v1/tasks/{task}/cancel", Tag, "Cancels a task; a running one is ended.") { Body = ServiceJsonContext.Default.ReasonedView, BodyIsOptional = true, Answer = ServiceJsonContext.Default.ChangeView, Status = 202 },
        new("POST", "/api/v1/tasks/{task}/retry", Tag, "Puts a task back that ended badly.") { Answer = ServiceJsonContext.Default.ChangeView, Status = 202 },
        new("PUT", "/api/v1/tasks/{task}/priority", Tag, "Changes the priority of a task that waits; larger starts first.") { Body = ServiceJsonContext.Default.PriorityView, Answer = ServiceJsonContext.Default.ChangeView, Status = 202 },
        new("GET", "/api/v1/tasks/{task}/tail", Tag, "The end of what the last attempt wrote, as text in JSON.") { Query = [new("stream", "string", "stdout, stderr or both."), new("bytes", "integer", "At most this many of each.")], Answer = ServiceJsonContext.Default.TailView },
        .. Logs("/api/v1/tasks/{task}/logs"),
        .. Logs("/api/v1/runs/{run}/tasks/{task}/logs"),
        new("GET", "/api/v1/tasks/{task}/wait", Tag, "Waits for a task or run to end; a task that waits so gives back its slot.") { Query = [new("timeout", "string", "Seconds, at most 3600.")], Answer = ServiceJsonContext.Default.WaitView },
        new("POST", "/api/v1/wait", Tag, "Waits for tasks and runs to end.") { BodySchema = Wait, Answer = ServiceJsonContext.Default.WaitView },
        .. Dead,
    ];

    private static ImmutableArray<ApiOperation> Dead =>
    [
        new("GET", "/api/v1/dead", "dead letters", "Tasks that used up their retries, page by page.") { Query = [OfRun, .. Filter], Answer = ServiceJsonContext.Default.DeadPageView },
        new("GET", "/api/v1/dead/{task}", "dead letters", "One dead letter with its evidence.") { Answer = ServiceJsonContext.Default.DeadView },
        new("POST", "/api/v1/dead/{task}/retry", "dead letters", "Puts a dead letter back, with fresh attempts.") { Answer = ServiceJsonContext.Default.DeadChangeView, Status = 202 },
        new("DELETE", "/api/v1/dead/{task}", "dead letters", "Purges a dead letter: its output goes, and it is listed no more.") { Query = [new("dry_run", "boolean", "Only say what would go.")], Answer = ServiceJsonContext.Default.DeadChangeView },
        new("POST", "/api/v1/dead/retry", "dead letters", "Puts those back that the filter selects, a page at a time.") { Query = [OfRun, .. Filter], Answer = ServiceJsonContext.Default.DeadChangeView, Status = 202 },
        new("POST", "/api/v1/dead/purge", "dead letters", "Purges those that the filter selects, a page at a time.") { Query = [OfRun, .. Filter, new("dry_run", "boolean", "Only say what would go.")], Answer = ServiceJsonContext.Default.DeadChangeView },
    ];

    private static ImmutableArray<ApiOperation> Logs(string path)
    {
        var get = new ApiOperation("GET", path, Tag, "What an attempt wrote, byte for byte.")
        {
            Query = [new("stream", "string", "out or err."), new("attempt", "integer", "Its number, from 1; the last is usual."), new("follow", "boolean", "Goes on until the attempt ends.")],
            AnswerType = "text/plain",
            OtherStatus = 206,
            TakesRange = true,
        };
        return [get, get with { Method = "HEAD", Summary = "How much an attempt wrote." }];
    }
}
