using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Crashes;

/// <summary>Ctrl-C, SIGTERM and a second Plimsoll on the same state.</summary>
public sealed class StopTests
{
    private const int Interrupted = 130;
    private const int Terminated = 143;
    private const int Busy = 4;

    [Fact]
    public async Task Ctrl_C_once_lets_what_runs_finish_and_starts_nothing_more()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: polite
            tasks:
              first: { run: "touch started; while [ ! -e go ]; do sleep 0.02; done; touch finished" }
              second: { needs: [first], run: touch second }
            """);
        using RunningProcess plimsoll = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("started")), "the first task runs");
        plimsoll.Send(Signal.Interrupt);
        await TemporaryProject.UntilAsync(() => plimsoll.Seen.Contains("top", StringComparison.Ordinal), "it says that it stops");
        await TemporaryProject.UntilAsync(() => plimsoll.Seen.Contains("for 1 task ", StringComparison.Ordinal), "it says for how many it waits");
        project.Write("go", "");
        ProcessResult result = await plimsoll.WaitAsync(TestContext.Current.CancellationToken);

        result.WithoutStackTrace().Ended(Interrupted);
        Assert.True(File.Exists(project.PathOf("finished")));
        Assert.False(File.Exists(project.PathOf("second")));
        (await project.PlimsollAsync("resume")).Ended(0);
        Assert.True(File.Exists(project.PathOf("second")));
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task Ctrl_C_twice_ends_everything_at_once()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: stubborn
            tasks:
              deaf: { run: "sh -c 'sleep 1000 & sleep 1000' & touch started; wait" }
            """);
        using RunningProcess plimsoll = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("started")), "the task runs");
        plimsoll.Send(Signal.Interrupt);
        await TemporaryProject.UntilAsync(() => plimsoll.Seen.Contains("top", StringComparison.Ordinal), "it says that it stops");
        plimsoll.Send(Signal.Interrupt);
        ProcessResult result = await plimsoll.WaitAsync(TestContext.Current.CancellationToken, TimeSpan.FromSeconds(25));

        result.WithoutStackTrace().Ended(Interrupted);
        await project.NothingRunsAsync();
    }

    [Fact]
    public async Task A_terminated_run_can_be_resumed()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: ended
            tasks:
              slow: { run: "touch started; [ -e go ] || sleep 1000" }
            """);
        using RunningProcess plimsoll = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("started")), "the task runs");
        plimsoll.Send(Signal.Terminate);
        plimsoll.Send(Signal.Terminate);
        ProcessResult result = await plimsoll.WaitAsync(TestContext.Current.CancellationToken, TimeSpan.FromSeconds(60));
        result.WithoutStackTrace().Ended(Terminated);
        await project.NothingRunsAsync();

        project.Write("go", "");
        (await project.PlimsollAsync("resume")).Ended(0);
        Assert.Equal("succeeded", Assert.Single(await project.TasksAsync("1")).State);
    }

    [Fact]
    public async Task A_second_writer_is_refused_while_the_first_goes_on()
    {
        using TemporaryProject project = new();
        project.Write("plan.yaml", """
            name: first
            tasks:
              slow: { run: "touch started; while [ ! -e go ]; do sleep 0.02; done" }
            """);
        using RunningProcess first = project.Start("run", "plan.yaml");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("started")), "the task runs");

        ProcessResult second = (await project.PlimsollAsync("run", "plan.yaml")).Ended(Busy);
        Assert.Contains(".plimsoll", second.Stderr, StringComparison.Ordinal);
        Assert.Contains(first.Pid.ToString(), second.Stderr, StringComparison.Ordinal);
        RunView run = Assert.Single(await project.RunsAsync());
        Assert.Equal("running", run.State);

        project.Write("go", "");
        (await first.WaitAsync(TestContext.Current.CancellationToken)).Ended(0);
    }
}
