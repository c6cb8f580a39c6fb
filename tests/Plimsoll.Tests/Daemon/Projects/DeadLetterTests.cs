using Plimsoll.Client.Projects;
using Plimsoll.Client.Runs;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Requests;
using Plimsoll.Tests.Engine.Processes;
using Xunit;

namespace Plimsoll.Tests.Daemon.Projects;

[Collection(ProcessCollection.Name)]
public sealed class DeadLetterTests
{
    private const string Plan = """
        tasks:
          d: { run: 'echo evidence; exit 1', retries: { max: 1, backoff: { base: 1ms } } }
          once: { run: exit 1 }
        """;

    private static readonly TaskAddress Everywhere = new(null, null);

    [Fact]
    public async Task A_purged_letter_is_listed_no_more_and_holds_back_no_cleaning()
    {
        using var rig = new ProjectRig();
        await rig.RunAsync(Plan);
        Assert.Equal("d", Assert.Single(await ListAsync(rig)).Task);

        PurgeView would = ProjectRig.Value(await rig.Project.PurgeAsync(Everywhere, dryRun: true, ProjectRig.Token));
        Assert.Single(await ListAsync(rig));
        PurgeView did = ProjectRig.Value(await rig.Project.PurgeAsync(Everywhere, dryRun: false, ProjectRig.Token));
        Assert.Equal((would.Files, would.FreedBytes), (did.Files, did.FreedBytes));
        Assert.Equal(["1/d"], did.Tasks);
        Assert.True(did.FreedBytes >= 2 * "evidence\n".Length);
        Assert.Empty(await ListAsync(rig));
        Assert.Empty(Directory.GetFiles(Path.Combine(rig.Folder, ".plimsoll", "runs", "1", "0"), "0.*"));

        CleanView cleaned = ProjectRig.Value(await rig.Project.CleanAsync(new CleanRequest(false, TimeSpan.FromTicks(1), null, false), ProjectRig.Token));
        Assert.Equal((1, 2), (cleaned.Runs, cleaned.Tasks));
    }

    [Fact]
    public async Task A_purged_letter_that_is_retried_and_dies_again_is_a_letter_again()
    {
        using var rig = new ProjectRig();
        await rig.RunAsync(Plan);
        ProjectRig.Value(await rig.Project.PurgeAsync(new TaskAddress(1, "d"), dryRun: false, ProjectRig.Token));
        ProjectRig.Value(await rig.Project.RetryAsync(new TaskAddress(1, "d"), ProjectRig.Token));
        await using (RunSession session = ProjectRig.Value(await rig.Project.ResumeAsync(new ResumeRequest(1, null), ProjectRig.Token)))
        {
            await ProjectRig.EndAsync(session);
        }

        Assert.Equal("d", Assert.Single(await ListAsync(rig)).Task);
    }

    [Fact]
    public async Task Only_the_letter_that_is_named_goes()
    {
        using var rig = new ProjectRig();
        await rig.RunAsync(Plan);
        await rig.RunAsync(Plan);
        ProjectRig.Value(await rig.Project.PurgeAsync(new TaskAddress(1, null), dryRun: false, ProjectRig.Token));
        Assert.Equal(2, Assert.Single(await ListAsync(rig)).Run);
    }

    private static async Task<IReadOnlyList<DeadView>> ListAsync(ProjectRig rig) =>
        ProjectRig.Value(await rig.Project.DeadAsync(Everywhere, ProjectRig.Token));
}
