using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Daemon;

/// <summary><c>plimsoll lease</c> beside a running service.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task A_command_runs_with_its_own_exit_code_and_output_while_others_wait_with_the_reason()
    {
        using TemporaryProject project = new();
        using ServiceProcess service = new(project, "-j", "2");
        await service.ReadyAsync();
        using RunningProcess first = project.Start("lease", "--lock", "db", "--memory", "64M", "--", "sh", "-c", "touch held; while [ ! -e go ]; do sleep 0.05; done; echo done; exit 7");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("held")), "the first command runs");

        using RunningProcess second = project.Start("lease", "--lock", "db", "--", "echo", "second");
        await TemporaryProject.UntilAsync(() => second.Seen.Contains("waiting for the lease: lock db", StringComparison.Ordinal), "the second says what it waits for");
        Assert.DoesNotContain("second\n", second.Seen, StringComparison.Ordinal);
        (await project.PlimsollAsync("lease", "--lock", "db", "--wait", "1s", "--", "true")).Ended(3);
        project.Write("go", "");

        ProcessResult ended = await first.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal("done\n", ended.Ended(7).Stdout);
        Assert.Equal("second\n", (await second.WaitAsync(TestContext.Current.CancellationToken)).Ended(0).Stdout);
    }

    [Theory]
    [InlineData(Signal.Kill)]
    [InlineData(Signal.Terminate)]
    public async Task A_lease_is_given_back_when_its_holder_is_killed(int signal)
    {
        using TemporaryProject project = new();
        using ServiceProcess service = new(project, "-j", "2");
        await service.ReadyAsync();
        using RunningProcess holder = project.Start("lease", "--lock", "db", "--", "sh", "-c", "touch held; while [ ! -e go ]; do sleep 0.05; done");
        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("held")), "the holder runs");

        holder.Send(signal);
        if (signal == Signal.Kill)
        {
            // What it ran outlives it, and holds its output open.
            project.Write("go", "");
        }

        ProcessResult ended = await holder.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(128 + signal, ended.ExitCode);
        (await project.PlimsollAsync("lease", "--lock", "db", "--wait", "60s", "--", "true")).Ended(0);
    }

    [Fact]
    public async Task Inside_a_task_the_lease_is_the_tasks_own()
    {
        using TemporaryProject project = new();
        using ServiceProcess service = new(project, "-j", "1");
        await service.ReadyAsync();
        Assert.True(await service.SubmitAsync([$$"""{"name": "suite", "run": "'{{TemporaryProject.Executable}}' lease --memory 64M -- sh -c 'echo tested > tested'"}"""]));

        await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("tested")), "the task has run its command");
        await service.IdleAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Without_a_service_or_a_command_it_says_what_to_do()
    {
        using TemporaryProject project = new();
        ProcessResult nobody = (await project.PlimsollAsync("lease", "--memory", "1G", "--", "true")).Ended(3);
        Assert.Contains("no service works on", nobody.Stderr, StringComparison.Ordinal);
        Assert.Contains("plimsoll serve", nobody.Stderr, StringComparison.Ordinal);
        Assert.Contains("Write it after --", (await project.PlimsollAsync("lease", "--memory", "1G")).Ended(2).Stderr, StringComparison.Ordinal);
        Assert.Contains("Add --memory, --cpu or --lock", (await project.PlimsollAsync("lease", "--", "true")).Ended(2).Stderr, StringComparison.Ordinal);
    }
}
