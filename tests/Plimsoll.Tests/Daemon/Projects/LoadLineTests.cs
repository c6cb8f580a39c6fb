using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Xunit;

namespace Plimsoll.Tests.Daemon.Projects;

/// <summary>The load line as a run sees it: what is learned, what is refused, what is told.</summary>
public sealed class LoadLineTests : IDisposable
{
    private readonly ProjectRig rig = new();

    public void Dispose() => rig.Dispose();

    [Fact]
    public async Task A_cgroup_that_is_to_play_the_host_and_is_not_there_is_refused_before_anything_starts()
    {
        File.WriteAllText(Path.Combine(rig.Folder, "plimsoll.yaml"), "host: {cgroup: /there-is-no-such-group}\n");
        Outcome<RunSession> answer = await rig.Open().StartRunAsync(ProjectRig.Request("tasks: {a: {run: 'true'}}"), ProjectRig.Token);

        Assert.False(answer.TryGet(out _, out Refusal? refusal));
        Assert.Equal(ExitCode.Environment, refusal.Code);
        Assert.Contains("/there-is-no-such-group", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("succeeded", (await rig.RunAsync("tasks: {a: {run: 'true'}}")).Outcome);
    }

    [Fact]
    public async Task What_a_run_learned_of_a_class_is_there_for_the_next_one()
    {
        await rig.RunAsync("""
            tasks:
              a:
                class: sleeper
                run: [sh, -c, "sleep 1.2"]
            """);

        ClassView learned = Assert.Single(ProjectRig.Value(await rig.Project.ClassesAsync(ProjectRig.Token)));
        Assert.Equal("sleeper", learned.Class);
        Assert.Equal(1, learned.Measured);
        Assert.InRange(learned.SettledBytes, 1, 64L << 20);
        Assert.InRange(learned.MedianSeconds, 1, 60);

        AttemptView attempt = Assert.Single(ProjectRig.Value(await rig.Project.AttemptsAsync(new TaskAddress(1, "a"), ProjectRig.Token)));
        Assert.NotEmpty(attempt.Memory!.Curve);

        await using RunSession second = await rig.StartAsync("tasks: {b: {class: sleeper, run: 'true'}}");
        await ProjectRig.EndAsync(second);
        PreflightView preflight = await PreflightOfAsync(second);
        Assert.Equal("learned", preflight.Origin);
        Assert.InRange(preflight.PerTaskBytes, 1, 64L << 20);
    }

    private static async Task<PreflightView> PreflightOfAsync(RunSession session)
    {
        await foreach (Client.Events.RunEventView happened in session.Events.ReadAllAsync(ProjectRig.Token))
        {
            if (happened is Client.Events.RunStartedView started)
            {
                return started.Preflight!;
            }
        }

        throw new InvalidOperationException("the run did not tell that it began");
    }
}
