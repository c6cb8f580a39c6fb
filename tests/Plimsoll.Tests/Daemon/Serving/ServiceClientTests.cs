using Plimsoll.Client.Http;
using Plimsoll.Client.Runs;
using Plimsoll.Client.Services;
using Xunit;

namespace Plimsoll.Tests.Daemon.Serving;

/// <summary>The typed client against the real server.</summary>
public class ServiceClientTests : ServiceConformance
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_task_is_submitted_waited_for_and_looked_at_over_a_socket_and_over_tcp()
    {
        await using AgentService service = await StartAsync();
        Assert.True(ServiceAddress.TryParse("unix:" + service.Socket, out ServiceAddress? socket));
        Assert.True(ServiceAddress.TryParse(service.Url.ToString(), out ServiceAddress? tcp));
        foreach ((ServiceAddress address, string? token) in new[] { (socket, null), (tcp, service.Token) })
        {
            using var client = new ServiceClient(address, token);
            SubmittedView task = Value(await client.Tasks.SubmitAsync(TaskSubmission.Read("""{"run": "echo answer=42 >> $PLIMSOLL_OUTPUT", "outputs": ["answer"], "retries": 2}""")!, Cancellation));
            WaitView waited = Value(await client.WaitAsync([task.Id], TimeSpan.FromSeconds(25), Cancellation));
            Assert.True(waited.Done);
            TaskDetailView detail = Value(await client.Tasks.GetAsync(task.Id, Cancellation));
            Assert.Equal("succeeded", detail.Task.State);
            Assert.Equal("42", detail.Outputs["answer"]);
            Assert.Contains(Value(await client.Tasks.ListAsync(new TaskListQuery(Name: task.Name), Cancellation)).Tasks, one => one.Name == task.Name);
            Assert.NotEmpty(Value(await client.Runs.ListAsync(cancellationToken: Cancellation)).Runs);
        }
    }

    [Fact]
    public async Task The_same_key_gives_the_same_task()
    {
        await using AgentService service = await StartAsync();
        using var client = new ServiceClient(ServiceAddress.OfSocket(service.Socket), null);
        TaskSubmission task = TaskSubmission.Read("""{"run": ["true"], "idempotency_key": "once"}""")!;
        SubmittedView first = Value(await client.Tasks.SubmitAsync(task, Cancellation));
        SubmittedView second = Value(await client.Tasks.SubmitAsync(task, Cancellation));
        Assert.Equal((first.Id, false, true), (second.Id, first.Repeated, second.Repeated));
    }

    [Fact]
    public async Task What_waits_in_a_run_is_explained_in_turn_and_can_be_cancelled_and_put_back()
    {
        await using AgentService service = await StartAsync(slots: 1);
        using var client = new ServiceClient(ServiceAddress.OfSocket(service.Socket), null);
        (string living, _) = await service.LivingTaskAsync("first");
        SubmittedView low = Value(await client.Tasks.SubmitAsync(TaskSubmission.Read("""{"run": ["true"], "name": "low"}""")!, Cancellation));
        SubmittedView high = Value(await client.Tasks.SubmitAsync(TaskSubmission.Read("""{"run": ["true"], "name": "high"}""")!, Cancellation));
        Value(await client.Tasks.SetPriorityAsync(high.Id, 9, Cancellation));

        ExplanationListView why = Value(await client.Runs.ExplainAsync(int.Parse(living.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture), 10, Cancellation));
        Assert.Equal(["high", "low"], why.Tasks.Select(one => one.Name));
        Assert.All(why.Tasks, one => Assert.NotEmpty(one.Reasons));

        ChangeView change = Value(await client.Tasks.CancelAsync(low.Id, "not wanted", Cancellation));
        Assert.Equal(["low"], change.Tasks);
        Value(await client.Tasks.RetryAsync(low.Id, Cancellation));
        service.EndTask("first");
        Assert.Equal("succeeded", await service.EndOfAsync(low.Id));
    }

    [Fact]
    public async Task A_problem_tells_every_error_and_nobody_at_home_is_a_problem_too()
    {
        await using AgentService service = await StartAsync();
        using (var client = new ServiceClient(ServiceAddress.OfSocket(service.Socket), null))
        {
            ProblemView problem = Problem(await client.Tasks.SubmitAsync(TaskSubmission.Read("""{"rn": "true", "memory": "lots"}""")!, Cancellation));
            Assert.Equal(400, problem.Status);
            Assert.True(problem.Errors!.Count >= 2, problem.ToString());
            Assert.Equal(404, Problem(await client.Tasks.GetAsync("9.9", Cancellation)).Status);
        }

        using (var stranger = new ServiceClient(Tcp(service), "wrong"))
        {
            Assert.Equal(403, Problem(await stranger.Runs.ListAsync(cancellationToken: Cancellation)).Status);
        }

        using var nobody = new ServiceClient(ServiceAddress.OfSocket(Path.Combine(service.Folder, "none.sock")), null);
        ProblemView gone = Problem(await nobody.HealthAsync(Cancellation));
        Assert.Equal(0, gone.Status);
        Assert.NotNull(gone.Cure);
    }

    [Theory]
    [InlineData("ftp://host")]
    [InlineData("localhost:8000")]
    [InlineData("unix:")]
    [InlineData("http://user:secret@host")]
    [InlineData("http://host/?x=1")]
    [InlineData(null)]
    public void What_is_no_address_is_refused(string? text) => Assert.False(ServiceAddress.TryParse(text, out _));

    private static ServiceAddress Tcp(AgentService service) => ServiceAddress.TryParse(service.Url.ToString(), out ServiceAddress? address) ? address : throw new InvalidOperationException();

    private static T Value<T>(ServiceAnswer<T> answer)
    {
        Assert.True(answer.TryGet(out T? value, out ProblemView? problem), problem?.ToString());
        return value;
    }

    private static ProblemView Problem<T>(ServiceAnswer<T> answer)
    {
        Assert.False(answer.TryGet(out _, out ProblemView? problem));
        return problem;
    }
}
