using System.Text.Json;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Daemon.Hosting;
using Plimsoll.Daemon.Watching.Otlp;
using Plimsoll.Daemon.Watching.Tracing;
using Xunit;

namespace Plimsoll.Tests.Daemon.Watching.Tracing;

public sealed class SpanTallyTests
{
    private static readonly RunId Run = new(3);
    private static readonly AttemptId Good = new(new TaskId(Run, 0), 1, 7);
    private static readonly AttemptId Bad = new(new TaskId(Run, 1), 2, 8);
    private static readonly DateTimeOffset Begun = DateTimeOffset.UnixEpoch;
    private static readonly TraceIds Ids = new("journal", static _ => false);

    [Fact]
    public void Facts_of_a_run_become_the_spans_that_its_tasks_were_told_of_also_over_a_restart()
    {
        var made = new List<TraceSpan>();
        SpanTally before = Tally(made);
        Fact[] opened = [new RunOpened(Begun, Run, 1, "build", ""), new AttemptAdmitted(Begun.AddSeconds(1), Good, NodeId.Local, Bytes.Zero), new AttemptAdmitted(Begun.AddSeconds(2), Bad, NodeId.Local, Bytes.Zero)];
        before.Observe(opened);
        Assert.Empty(made);

        SpanTally after = Tally(made);
        foreach (Fact fact in opened)
        {
            after.Recover(fact);
        }

        after.Observe([Ended(4, Good, AttemptOutcome.Succeeded, null), Ended(5, Bad, AttemptOutcome.Failed, "exit code 3"), new RunFinished(Begun.AddSeconds(6), Run)]);
        after.Observe([Ended(7, Good, AttemptOutcome.Succeeded, null)]); // told already

        Assert.Equal([Begun.AddSeconds(1), Begun.AddSeconds(2), Begun], made.Select(static span => span.From));
        Assert.Equal([Begun.AddSeconds(4), Begun.AddSeconds(5), Begun.AddSeconds(6)], made.Select(static span => span.To));
        Assert.Equal(Ids.ParentFor(Good), $"00-{made[0].TraceId}-{made[0].SpanId}-01");
        Assert.Equal(Ids.ParentFor(Bad), $"00-{made[1].TraceId}-{made[1].SpanId}-01");
        Assert.Equal([made[2].SpanId, made[2].SpanId, null], made.Select(static span => span.ParentId));
        Assert.Single(made.Select(static span => span.TraceId).Distinct(StringComparer.Ordinal));
        Assert.Equal([null, "exit code 3", "1 task did not succeed"], made.Select(static span => span.Failure));

        OtlpOptions options = OtlpOptions.Read(new Dictionary<string, string>(StringComparer.Ordinal) { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://collector:4318" }, "journal", out _)!;
        JsonElement sent = JsonElement.Parse(SpanDocument.Of([.. made.Select(static span => (Func<TraceSpan>)(() => span))], options)).GetProperty("resourceSpans")[0].GetProperty("scopeSpans")[0].GetProperty("spans")[1];
        Assert.Equal("exit code 3", sent.GetProperty("status").GetProperty("message").GetString());
        Assert.Contains(sent.GetProperty("attributes").EnumerateArray(), static one => one.GetProperty("key").GetString() == "plimsoll.outcome" && one.GetProperty("value").GetProperty("stringValue").GetString() == "failed");
    }

    private static SpanTally Tally(List<TraceSpan> made) => new(new TaskRegistry("plimsoll"), Ids, TimeProvider.System, span => made.Add(span()));

    private static AttemptFinished Ended(int second, AttemptId attempt, AttemptOutcome outcome, string? reason) =>
        new(Begun.AddSeconds(second), attempt, outcome, outcome == AttemptOutcome.Succeeded ? TaskState.Succeeded : TaskState.Dead, null, ExitReport.NotStarted(""), reason);
}
