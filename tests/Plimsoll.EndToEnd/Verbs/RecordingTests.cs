using Plimsoll.Client.Runs;
using Plimsoll.EndToEnd.Support;
using Plimsoll.Tests.Repository;
using Plimsoll.Tests.Support;
using Xunit;

namespace Plimsoll.EndToEnd.Verbs;

/// <summary>Recorded workflows run as in-process work at a thousandth of their time.</summary>
public sealed class RecordingTests
{
    [Theory]
    [InlineData("bwa-chameleon-large-001.json", 1004)]
    [InlineData("airrflow-dirt02-001.json", 212)]
    public async Task A_recorded_workflow_finishes(string file, int tasks)
    {
        string recording = Path.GetFullPath(Path.Combine(RepositoryFiles.Root, "..", "shared", "data", "wfinstances", file));
        Component.RequirePath(recording, "recorded workflows in ../shared/data");
        using TemporaryProject project = new();
        (await project.PlimsollAsync(
            "run", "-q", "--format", "wfcommons", recording, "--time-scale", "1/1000", "--memory-scale", "1/16", "--as", "noop", "--capacity", "4G", "--cores", "8")).Ended(0);
        RunView run = Assert.Single(await project.RunsAsync());
        Assert.Equal("finished", run.State);
        Assert.Equal(tasks, run.Counts.Succeeded);
    }
}
