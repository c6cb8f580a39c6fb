using System.Text.Json;
using Plimsoll.Client;
using Plimsoll.Client.Events;
using Plimsoll.Client.Runs;
using Xunit;

namespace Plimsoll.Tests.Cli;

public sealed class JsonShapeTests
{
    [Fact]
    public void An_event_says_its_kind_and_leaves_out_what_is_not_known()
    {
        RunEventView happened = new TaskEndedView(FixedTime.Noon, 7, "build", 0, 1, "failed", "failed", 3, null, 1.5, 1024, "/o", null, null);
        Assert.Equal(
            """{"kind":"task_ended","task":"build","index":0,"attempt":1,"state":"failed","outcome":"failed","exit_code":3,"elapsed_seconds":1.5,"peak_resident_bytes":1024,"stdout_path":"/o","at":"2026-11-21T12:00:00+00:00","run":7}""",
            JsonSerializer.Serialize(happened, PlimsollJsonContext.Default.RunEventView));
    }

    [Fact]
    public void Records_survive_the_way_there_and_back()
    {
        var run = new RunView(7, "nightly", "running", FixedTime.Noon, null, new TaskCountsView(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 1.5);
        string json = JsonSerializer.Serialize(run, PlimsollJsonContext.Default.RunView);
        Assert.Equal(run, JsonSerializer.Deserialize(json, PlimsollJsonContext.Default.RunView));
        Assert.Equal(55, run.Counts.Total);
    }
}
