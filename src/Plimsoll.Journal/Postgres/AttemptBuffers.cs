using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;
using static Plimsoll.Journal.Postgres.ColumnKind;

namespace Plimsoll.Journal.Postgres;

/// <summary>Rows of the life of attempts: inserts only, plus the task's progress. The hot path of the journal.</summary>
internal sealed class AttemptBuffers(ProgressBuffers progress)
{
    private readonly RowBuffer admit = RowBuffer.Into("attempt", Whole, Whole, Whole, Whole, Whole, Whole, Whole);
    private readonly RowBuffer boot = new("INSERT INTO boot (boot_id) SELECT DISTINCT a FROM {rows} ON CONFLICT (boot_id) DO NOTHING", Text);

    private readonly RowBuffer alive = new(
        "INSERT INTO attempt_process SELECT a, b, c, d, e, boot.id FROM {rows} JOIN boot ON boot.boot_id = f", Whole, Whole, Whole, Whole, Whole, Text);

    private readonly RowBuffer end = RowBuffer.Into(
        "attempt_end", Whole, Whole, Whole, Whole, Whole, MaybeWhole, MaybeWhole, MaybeWhole, Whole, Whole, Whole, Text, Text, Text, Whole);

    private readonly RowBuffer footprint = RowBuffer.Into("attempt_footprint", Whole, Whole, Whole, Real, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Text);
    private readonly RowBuffer output = RowBuffer.Into("output", Whole, Text, Text);

    private readonly RowBuffer use = new(
        """
        INSERT INTO attempt_usage SELECT {columns} FROM {rows} ON CONFLICT (fence) DO UPDATE SET position = excluded.position, at = excluded.at, calls = excluded.calls,
          input_tokens = excluded.input_tokens, cached_tokens = excluded.cached_tokens, output_tokens = excluded.output_tokens, micro_dollars = excluded.micro_dollars,
          refusals = excluded.refusals, queued = excluded.queued
        """,
        Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole, Whole);

    private readonly Dictionary<AttemptId, (long Position, ModelUsed Fact)> used = [];

    /// <summary>In the order of their statements: processes refer to boots.</summary>
    internal IReadOnlyList<RowBuffer> All => [admit, boot, alive, end, footprint, output, use];

    internal void Write(AttemptAdmitted fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        admit.Add(fact.Attempt.Fence).Add(position).Add(at).Add(fact.Attempt.Task.Value).Add((long)fact.Attempt.Number).Add((long)fact.Node.Value).Add(fact.Reserved.Value);
        progress.Attempt(fact.Attempt, TaskState.Admitted, at);
    }

    internal void Write(AttemptRunning fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        boot.Add(fact.Process.BootId);
        alive.Add(fact.Attempt.Fence).Add(position).Add(at).Add((long)fact.Process.Pid).Add(fact.Process.StartTicks).Add(fact.Process.BootId);
        progress.Attempt(fact.Attempt, TaskState.Running, at);
    }

    internal void Write(AttemptFinished fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        ExitReport report = fact.Report;
        end.Add(fact.Attempt.Fence).Add(position).Add(at).Add((long)fact.Outcome).Add((long)fact.Next)
            .Add(fact.RetryAt is { } retry ? JournalTime.Of(retry) : null).Add((long?)report.ExitCode).Add((long?)report.Signal)
            .Add(report.Gone ? 1L : 0L).Add(report.PeakResident.Value).Add(report.Cpu.Ticks)
            .Add(report.StartError).Add(report.OutputsError).Add(fact.Reason).Add((long)report.Evidence);
        progress.Attempt(fact.Attempt, fact.Next, at);
        if (report.Footprint is { } held)
        {
            Write(fact.Attempt.Fence, held);
        }

        foreach ((string key, string value) in report.Outputs ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            output.Add(fact.Attempt.Fence).Add(key).Add(value);
        }
    }

    internal void Write(ModelUsed fact, long position) => used[fact.Attempt] = (position, fact);

    /// <summary>Turns what replaces itself within a commit into rows.</summary>
    internal void Settle()
    {
        foreach ((long position, ModelUsed fact) in used.Values)
        {
            use.Add(fact.Attempt.Fence).Add(fact.Attempt.Task.Value).Add((long)fact.Attempt.Number).Add(position).Add(JournalTime.Of(fact.At))
                .Add(fact.Usage.Calls).Add(fact.Usage.InputTokens).Add(fact.Usage.CachedTokens).Add(fact.Usage.OutputTokens)
                .Add(fact.Usage.MicroDollars).Add(fact.Usage.Refusals).Add(fact.Usage.Queued.Ticks);
        }

        used.Clear();
    }

    private void Write(long fence, AttemptFootprint held) =>
        footprint.Add(fence).Add(held.Settled.Value).Add(held.Peak.Value).Add(held.BurstShare).Add(held.TimeToSettle.Ticks).Add(held.FastestRise.Value)
            .Add(held.StartCpu.Ticks).Add(held.Mapped.Value).Add(unchecked((long)held.Executable)).Add(held.Duration.Ticks).Add((long)held.Readings)
            .Add(FootprintRows.Write(held.Curve));
}
