using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Xunit;
using static Plimsoll.Tests.Engine.Processes.AbandonedFleet;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>An attempt without a living supervisor is reported once nothing of it is left, and never before.</summary>
[Collection(ProcessCollection.Name)]
public sealed class RemainsTests
{
    public static TheoryData<Hierarchy> Kinds => [Hierarchy.Unified, Hierarchy.Legacy, Hierarchy.None];

    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 3", 3, null)]
    [InlineData("kill -9 $$", null, 9)]
    public async Task One_that_ended_meanwhile_is_reported_as_its_supervisor_recorded(string end, int? code, int? signal)
    {
        using AbandonedFleet fleet = new(Hierarchy.Unified);
        AttemptTrace trace = fleet.Spawn($"echo a=1 > $PLIMSOLL_OUTPUT; {end}");
        Reap(trace.Process!.Pid);
        Adoption adoption = fleet.Harness.Adopt(trace with { DeclaredOutputs = ["a"] });
        ExitReport report = adoption.Ended[trace.Attempt];
        Assert.Equal((code, signal, false), (report.ExitCode, report.Signal, report.Gone));
        Assert.Equal(code == 0 ? "1" : null, report.Outputs?["a"]);
        Assert.Equal(report, await fleet.Harness.Ended(trace.Attempt));
        Assert.DoesNotContain(fleet.Harness.Posted, input => input is AttemptStarted or AttemptAdopted);
    }

    [Fact]
    public void A_success_without_its_declared_outputs_is_none()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptTrace trace = fleet.Spawn("echo a=1 > $PLIMSOLL_OUTPUT");
        Reap(trace.Process!.Pid);
        Assert.Contains("'b'", fleet.Harness.Adopt(trace with { DeclaredOutputs = ["a", "b"] }).Ended[trace.Attempt].OutputsError, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_a_recorded_end_left_behind_is_ended_first(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn("(setsid sleep 1000 &); sleep 1000 & exit 0");
        Reap(trace.Process!.Pid);
        Assert.Equal([trace.Attempt], fleet.Harness.Adopt(trace).Ending);
        Assert.Equal(0, (await fleet.Harness.Ended(trace.Attempt)).ExitCode);
        Assert.Empty(fleet.Harness.Remaining());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Without_its_supervisor_a_command_is_ended_and_lost(Hierarchy kind)
    {
        using AbandonedFleet fleet = new(kind);
        AttemptTrace trace = fleet.Spawn("trap '' TERM; (setsid sleep 1000 &); echo ready; while :; do sleep 1000; done");
        await fleet.Harness.Written(trace.Attempt, "ready");
        ProcessSignal.Send(trace.Process!.Pid, trace.Process.StartTicks, ProcessSignal.Kill);
        Reap(trace.Process.Pid);
        Assert.Equal([trace.Attempt], fleet.Harness.Adopt(trace).Ending);
        Assert.True((await fleet.Harness.Ended(trace.Attempt)).Gone);
        Assert.Empty(fleet.Harness.Remaining());
    }

    [Fact]
    public async Task A_direct_one_is_ended_and_lost()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptTrace trace = fleet.Spawn("(setsid sleep 1000 &); sleep 1000 & echo ready; sleep 1000", StartMode.Direct);
        await fleet.Harness.Written(trace.Attempt, "ready");
        Assert.Equal([trace.Attempt], fleet.Harness.Adopt(trace).Ending);
        Assert.True((await fleet.Harness.Ended(trace.Attempt)).Gone);
        Assert.Empty(fleet.Harness.Remaining());
    }

    [Fact]
    public async Task One_that_nobody_began_cannot_begin_any_more()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        ProcessLaunch launch = fleet.Harness.Shell(StartMode.Supervised, "echo ran");
        var trace = new AttemptTrace(launch.Attempt, null, launch.Files);
        Assert.True(fleet.Harness.Adopt(trace).Ended[launch.Attempt].Gone);
        Assert.True(fleet.Harness.Adopt(trace).Ended[launch.Attempt].Gone);
        Assert.Contains("could not be claimed", (await fleet.Harness.Run(launch)).StartError, StringComparison.Ordinal);
        Assert.Empty(fleet.Harness.OutputOf(launch.Attempt));
    }

    [Fact]
    public void One_whose_claim_cannot_be_taken_keeps_everything_from_starting()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptId attempt = fleet.Harness.NewAttempt();
        AttemptFiles files = fleet.Harness.FilesOf(attempt) with { Pid = Path.Combine(fleet.Harness.Folder, new string('x', 300)) };
        Assert.Contains("could begin still", Refused(() => fleet.Harness.Adopt(new AttemptTrace(attempt, null, files))), StringComparison.Ordinal);
    }

    [Fact]
    public void One_of_another_boot_is_lost_and_the_process_of_its_number_is_left_alone()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        Assert.True(ProcStat.TryRead(Environment.ProcessId, out ProcStat own));
        AttemptId attempt = fleet.Harness.NewAttempt();
        var process = new ProcessIdentity(Environment.ProcessId, own.StartTicks, "another-boot");
        File.WriteAllText(fleet.Harness.FilesOf(attempt).Pid, $"{process.Pid} {process.StartTicks} {process.BootId}\n");
        Assert.True(fleet.Harness.Adopt(new AttemptTrace(attempt, process, fleet.Harness.FilesOf(attempt))).Ended[attempt].Gone);
    }

    [Fact]
    public async Task A_number_taken_over_by_another_process_is_not_adopted_and_not_touched()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        AttemptTrace other = fleet.Spawn(Wait);
        await fleet.Harness.Written(other.Attempt, "ready");
        AttemptId attempt = fleet.Harness.NewAttempt();
        ProcessIdentity stale = other.Process! with { StartTicks = other.Process.StartTicks - 1 };
        File.WriteAllText(fleet.Harness.FilesOf(attempt).Pid, $"{stale.Pid} {stale.StartTicks} {stale.BootId}\n");
        Adoption adoption = fleet.Harness.Adopt(new AttemptTrace(attempt, stale, fleet.Harness.FilesOf(attempt)), other);
        Assert.True(adoption.Ended[attempt].Gone);
        Assert.Equal([other.Attempt], adoption.Adopted);
        fleet.LetGo();
        Assert.Equal(0, (await fleet.Harness.Ended(other.Attempt)).ExitCode);
    }

    [Fact]
    public async Task A_claim_that_is_being_written_is_waited_for()
    {
        using AbandonedFleet fleet = new(Hierarchy.None);
        ProcessLaunch launch = fleet.Harness.Shell(StartMode.Supervised, "echo ready; sleep 1000");
        // Its maker has made the file and not yet written to it.
        using (File.Create(launch.Files.Pid))
        {
        }

        AttemptTrace slow = fleet.Spawn(launch with { Mode = StartMode.Direct });
        await fleet.Harness.Written(launch.Attempt, "ready");
        Task written = WriteLate(slow);
        Assert.Equal([launch.Attempt], fleet.Harness.Adopt(slow).Adopted);
        await written;
        fleet.Harness.Kill(launch.Attempt, 0);
        await fleet.Harness.Ended(launch.Attempt);
    }

    private static async Task WriteLate(AttemptTrace trace)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(
            trace.Files.Pid, $"{trace.Process!.Pid} {trace.Process.StartTicks} {BootIdentity.Current}\n", TestContext.Current.CancellationToken);
    }

    private static string Refused(Action action) => Assert.ThrowsAny<IOException>(action).Message;
}
