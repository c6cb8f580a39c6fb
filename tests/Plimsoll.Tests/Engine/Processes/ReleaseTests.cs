using Plimsoll.Core.Identity;
using Plimsoll.Core.Inputs;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Engine.Processes;
using Plimsoll.Tests.Engine.Isolation;
using Xunit;

namespace Plimsoll.Tests.Engine.Processes;

/// <summary>An executor that is released leaves supervised attempts to the next one, and nothing half.</summary>
[Collection(ProcessCollection.Name)]
public sealed class ReleaseTests
{
    [Fact]
    public async Task A_supervised_one_lives_on_and_a_direct_one_is_ended_and_lost()
    {
        using ProcessHarness harness = new();
        AttemptId supervised = harness.Start(harness.Shell(StartMode.Supervised, "echo ready; sleep 1000"));
        AttemptId direct = harness.Start(harness.Shell(StartMode.Direct, "sleep 1000 & echo ready; sleep 1000"));
        await harness.Written(supervised, "ready");
        await harness.Written(direct, "ready");
        ProcessIdentity process = await harness.Started(supervised);
        Assert.Equal([supervised], harness.Restart());
        Assert.True((await harness.Ended(direct)).Gone);
        Assert.DoesNotContain(harness.Posted.OfType<AttemptEnded>(), ended => ended.Attempt == supervised);
        Assert.Equal([supervised], harness.Adopt(Trace(harness, supervised)).Adopted);
        Assert.Equal(process, await harness.Started(supervised));
        harness.Kill(supervised, 30);
        Assert.Equal(15, (await harness.Ended(supervised)).Signal);
    }

    [Fact]
    public async Task Whatever_waits_to_be_started_is_started_whole_or_not_at_all()
    {
        using ProcessHarness harness = new();
        AttemptId[] attempts = [.. Enumerable.Range(0, 200).Select(_ => harness.Start(harness.Shell(StartMode.Supervised, "echo ran; sleep 1000")))];
        IReadOnlyList<AttemptId> left = harness.Restart();
        AttemptId[] reported = [.. harness.Posted.OfType<AttemptEnded>().Select(ended => ended.Attempt)];
        Assert.Equal(attempts, left.Concat(reported).OrderBy(attempt => attempt.Fence));
        Assert.NotEmpty(reported);
        Assert.All(reported, attempt => Assert.True(harness.Ended(attempt).Result.Gone));
        Assert.All(reported, attempt => Assert.False(File.Exists(harness.FilesOf(attempt).Output)));
        Adoption adoption = harness.Adopt([.. left.Select(attempt => Trace(harness, attempt))]);
        foreach (AttemptId attempt in adoption.Adopted)
        {
            await harness.Written(attempt, "ran");
            harness.Kill(attempt, 0);
            await harness.Ended(attempt);
        }

        // One whose supervisor had not claimed it yet is not begun either.
        foreach (AttemptId attempt in left.Except(adoption.Adopted))
            Assert.True((await harness.Ended(attempt)).Gone);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frozen_one_goes_on(bool leaf)
    {
        using CgroupRig? rig = leaf ? new CgroupRig() : null;
        using ProcessHarness? plain = leaf ? null : new ProcessHarness();
        ProcessHarness harness = rig?.Harness ?? plain!;
        AttemptId attempt = harness.Start(harness.Shell(StartMode.Supervised, AbandonedFleet.Wait + "echo over"));
        await harness.Written(attempt, "ready");
        Assert.True(harness.Executor.Freeze(attempt));
        harness.Restart();
        await File.WriteAllTextAsync(Path.Combine(harness.Folder, "go"), "", TestContext.Current.CancellationToken);
        await harness.Written(attempt, "over");
        harness.Adopt(Trace(harness, attempt));
        Assert.Equal(0, (await harness.Ended(attempt)).ExitCode);
    }

    private static AttemptTrace Trace(ProcessHarness harness, AttemptId attempt) => new(attempt, null, harness.FilesOf(attempt));
}
