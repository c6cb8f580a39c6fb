using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Projects;

[Collection(ProcessCollection.Name)]
public sealed class LimitsTests
{
    private static readonly LimitsRequest Asked = new(null, null, new Dictionary<string, int>(StringComparer.Ordinal));

    [Fact]
    public async Task A_live_run_takes_other_limits_at_once_and_a_resume_keeps_them()
    {
        using var rig = new ProjectRig();
        await using (RunSession session = await rig.StartAsync("""
            concurrency: 1
            locks: { gpu: 1 }
            tasks:
              a: { run: 'touch a; while [ ! -e b ]; do sleep 0.05; done; while [ ! -e c ]; do sleep 0.05; done', locks: { gpu: 1 }, priority: 2 }
              b: { run: touch b, priority: 1 }
              c: { run: touch c, locks: { gpu: 1 } }
            """))
        {
            Plimsoll.Daemon.Projects.Project other = rig.Open();
            LimitsView before = ProjectRig.Value(await other.LimitsAsync(null, Asked, ProjectRig.Token));
            Assert.Equal((1, true, "fixed", (int?)1, 1), (before.Run, before.Live, before.Policy, before.MaxConcurrent, before.Locks["gpu"]));

            // The first task ends only when the others have run beside it.
            var more = new LimitsRequest(new TaskLimit(3), 1 << 20, new Dictionary<string, int>(StringComparer.Ordinal) { ["gpu"] = 2 });
            LimitsView after = ProjectRig.Value(await other.LimitsAsync(1, more, ProjectRig.Token));
            Assert.Equal(((int?)3, (long?)(1 << 20), 2), (after.MaxConcurrent, after.MemoryReserveBytes, after.Locks["gpu"]));
            Assert.Equal("succeeded", (await ProjectRig.EndAsync(session)).Outcome);
        }

        LimitsView recorded = ProjectRig.Value(await rig.Project.LimitsAsync(null, Asked, ProjectRig.Token));
        Assert.Equal((false, (int?)3, 2), (recorded.Live, recorded.MaxConcurrent, recorded.Locks["gpu"]));
    }

    [Fact]
    public async Task Without_a_live_run_there_is_nothing_to_change()
    {
        using var rig = new ProjectRig();
        await rig.RunAsync("tasks: { a: { noop: 1ms } }");
        Outcome<LimitsView> answer = await rig.Project.LimitsAsync(null, Asked with { MaxConcurrent = new TaskLimit(2) }, ProjectRig.Token);
        Assert.Equal(ExitCode.Invalid, answer.Refusal!.Code);
    }
}
