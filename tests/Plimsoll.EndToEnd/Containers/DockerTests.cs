using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Containers;

/// <summary>Tasks in containers that the docker CLI makes through podman's API socket.</summary>
public sealed class DockerTests
{
    [Fact]
    public async Task Output_values_exit_codes_and_limits_are_those_of_the_command_in_the_container()
    {
        using DockerSocket docker = await DockerSocket.OpenAsync();
        TemporaryProject project = docker.Project;
        project.Write("plan.yaml", $$$"""
            name: docker
            defaults: { image: {{{DockerSocket.Image}}}, retries: 0 }
            tasks:
              gives: { run: [sh, -c, "echo told; echo complained >&2; echo size=5 >$PLIMSOLL_OUTPUT; test -d /proc/1; test -e /lib || echo inside"], outputs: [size] }
              fails: { run: [sh, -c, "exit 3"] }
              grows: { run: [tail, -n, "1", /dev/zero], memory_limit: 32M }
            """);
        (await project.PlimsollAsync("run", "-q", "plan.yaml")).Ended(1);

        AttemptView gives = Assert.Single(await project.AttemptsAsync("1/gives"));
        Assert.Equal(("succeeded", 0), (gives.Outcome, gives.ExitCode));
        Assert.Equal("told\ninside\n", await File.ReadAllTextAsync(gives.StdoutPath!, TestContext.Current.CancellationToken));
        Assert.Equal("complained\n", await File.ReadAllTextAsync(gives.StderrPath!, TestContext.Current.CancellationToken));
        AttemptView fails = Assert.Single(await project.AttemptsAsync("1/fails"));
        Assert.Equal(("failed", 3), (fails.Outcome, fails.ExitCode));
        AttemptView grows = Assert.Single(await project.AttemptsAsync("1/grows"));
        Assert.Equal("out_of_memory", grows.Outcome);
        Assert.Contains("its own memory limit", grows.Reason, StringComparison.Ordinal);
        Assert.Empty(await docker.ContainersAsync());
    }

    [Fact]
    public async Task After_kill_9_and_resume_nothing_of_the_first_container_is_left()
    {
        using DockerSocket docker = await DockerSocket.OpenAsync();
        TemporaryProject project = docker.Project;
        project.Write("plan.yaml", $"""
            name: crash
            tasks:
              sleeper:
                image: {DockerSocket.Image}
                run: [sh, -c, "[ -f woken ] && exit 0; echo >woken; sleep 77777 & sleep 77777"]
                memory_limit: 32M
            """);
        using (RunningProcess plimsoll = project.Start("run", "-q", "plan.yaml"))
        {
            await TemporaryProject.UntilAsync(() => File.Exists(project.PathOf("woken")), "the container runs");
            plimsoll.Send(Signal.Kill);
            await plimsoll.WaitAsync(TestContext.Current.CancellationToken);
        }

        string left = Assert.Single(await docker.ContainersAsync());
        Assert.Contains(" Up ", left, StringComparison.Ordinal);
        (await project.PlimsollAsync("resume", "-q")).Ended(0);
        Assert.Empty(await docker.ContainersAsync());
        Assert.Equal(["lost", "succeeded"], (await project.AttemptsAsync("1/sleeper")).Select(attempt => attempt.Outcome));
        await project.NothingRunsAsync();
        string name = left.Split('-')[1];
        Assert.Empty(Directory.GetDirectories(MemoryCgroups.Own, $"plimsoll-{name}*"));
    }
}
