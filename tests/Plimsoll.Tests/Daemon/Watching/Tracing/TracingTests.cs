using Plimsoll.Core.Identity;
using Plimsoll.Daemon.Watching.Tracing;
using Plimsoll.Tests.Daemon.Endpoints;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Tracing;

public sealed class TracingTests
{
    private static readonly AttemptId First = new(new TaskId(new RunId(3), 0), 1, 7);
    private static readonly AttemptId Second = new(new TaskId(new RunId(3), 1), 1, 8);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Attempts_of_a_run_share_a_trace_and_single_tasks_have_one_each()
    {
        var run = new TraceIds("journal", static _ => false);
        var inbox = new TraceIds("journal", static _ => true);

        Assert.Equal(run.TraceOf(First.Task), run.TraceOf(Second.Task));
        Assert.Equal(run.TraceOf(new RunId(3)), run.TraceOf(First.Task));
        Assert.NotEqual(run.SpanOf(First), run.SpanOf(Second));
        Assert.Equal(run.SpanOf(new RunId(3)), run.ParentOf(First));
        Assert.NotEqual(inbox.TraceOf(First.Task), inbox.TraceOf(Second.Task));
        Assert.Null(inbox.ParentOf(First));
        Assert.NotEqual(run.TraceOf(First.Task), new TraceIds("other", static _ => false).TraceOf(First.Task));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01$", run.ParentFor(First));
    }

    [Fact]
    public async Task A_task_finds_its_trace_in_its_environment()
    {
        await using ServiceRig service = await ServiceRig.StartAsync();
        string file = Path.Combine(service.Project.Folder, "trace");
        string id = await service.SubmitAsync($$"""{"run": "printenv TRACEPARENT > {{file}}"}""");
        await service.UntilAsync(id, "succeeded");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01\n$", await File.ReadAllTextAsync(file, Token));

        using var project = new ProjectRig();
        await project.RunAsync("tasks: [{id: a, run: 'printenv TRACEPARENT > one'}, {id: b, env: {TRACEPARENT: mine}, run: 'printenv TRACEPARENT > two'}]");
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-01\n$", project.Read("one"));
        Assert.Equal("mine\n", project.Read("two"));
    }
}
