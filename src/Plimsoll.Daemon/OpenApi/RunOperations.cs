using System.Collections.Immutable;
using Plimsoll.Client.Overviews;
using Plimsoll.Client.Services;

namespace Plimsoll.Daemon.OpenApi;

/// <summary>Runs: plans that were submitted, and the inbox of single tasks.</summary>
internal static class RunOperations
{
    private const string Tag = "runs";

    public static ImmutableArray<ApiOperation> All { get; } =
    [
        new("POST", "/api/v1/runs", Tag, "Accepts a plan; answered when it is durable.")
        {
            Body = ServiceJsonContext.Default.PlanSubmissionView,
            BodyTypes = ["application/yaml", "text/plain"],
            Query = [new("name", "string", "Of a bare plan without a name of its own."), new("param", "string", "name=value, for a bare plan; may be repeated."), new("force", "boolean", "Accepts a bare plan although the work tree has changes its worktrees would not see.")],
            Answer = ServiceJsonContext.Default.SubmittedRunView,
            Status = 202,
            TakesKey = true,
        },
        new("GET", "/api/v1/runs", Tag, "Runs, newest first.")
        {
            Query = [new("limit", "integer", "At most this many, 1 to 1000; 20 is usual."), new("after", "integer", "Only runs with a smaller number: next of the page before.")],
            Answer = ServiceJsonContext.Default.RunListView,
        },
        new("GET", "/api/v1/runs/{run}", Tag, "One run with what happens in it now.") { Answer = ServiceJsonContext.Default.RunDetailView },
        new("GET", "/api/v1/runs/{run}/tasks", Tag, "The tasks of a run, page by page.") { Query = TaskOperations.Filter, Answer = ServiceJsonContext.Default.TaskPageView },
        new("GET", "/api/v1/runs/{run}/why", Tag, "Why tasks of a run do not run.") { Query = [new("limit", "integer", "At most this many.")], Answer = ServiceJsonContext.Default.ExplanationListView },
        new("GET", "/api/v1/runs/{run}/graph", Tag, "The tasks of a run with what they wait for, for a picture.") { Answer = OverviewJsonContext.Default.RunGraphView },
        new("GET", "/api/v1/runs/{run}/columns", Tag, "The tasks of a run by state, for a board.") { Answer = OverviewJsonContext.Default.RunColumnsView },
        new("POST", "/api/v1/runs/{run}/cancel", Tag, "Cancels every task of a run.") { Body = ServiceJsonContext.Default.ReasonedView, BodyIsOptional = true, Answer = ServiceJsonContext.Default.ChangeView, Status = 202 },
        new("POST", "/api/v1/runs/{run}/retry", Tag, "Puts every failed and dead task of a run back.") { Answer = ServiceJsonContext.Default.ChangeView, Status = 202 },
    ];
}
