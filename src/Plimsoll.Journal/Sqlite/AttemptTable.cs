using Plimsoll.Core.Facts;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Writes the life of attempts: inserts only, plus the task's progress. The hot path of the journal.</summary>
internal sealed class AttemptTable(SqliteDatabase database)
{
    private readonly Dictionary<string, long> boots = new(StringComparer.Ordinal);
    private readonly SqliteStatement admit = database.Prepare("INSERT INTO attempt VALUES (?1,?2,?3,?4,?5,?6,?7)");
    private readonly SqliteStatement alive = database.Prepare("INSERT INTO attempt_process VALUES (?1,?2,?3,?4,?5,?6)");
    private readonly SqliteStatement end = database.Prepare("INSERT INTO attempt_end VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15)");
    private readonly SqliteStatement footprint = database.Prepare("INSERT INTO attempt_footprint VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)");
    private readonly SqliteStatement progress = database.Prepare("REPLACE INTO task_progress VALUES (?1,?2,?3,?4,?5,NULL)");
    private readonly SqliteStatement output = database.Prepare("REPLACE INTO output VALUES (?1,?2,?3)");
    private readonly SqliteStatement use = database.Prepare("REPLACE INTO attempt_usage VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12)");
    private readonly SqliteStatement addBoot = database.Prepare("INSERT OR IGNORE INTO boot (boot_id) VALUES (?1)");
    private readonly SqliteStatement findBoot = database.Prepare("SELECT id FROM boot WHERE boot_id = ?1");

    /// <summary>Forgets row numbers that a rollback took back.</summary>
    internal void RolledBack() => boots.Clear();

    internal void Write(AttemptAdmitted fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        AttemptId attempt = fact.Attempt;
        admit.Bind(1, attempt.Fence).Bind(2, position).Bind(3, at).Bind(4, attempt.Task.Value).Bind(5, attempt.Number)
            .Bind(6, fact.Node.Value).Bind(7, fact.Reserved.Value).Run();
        Move(attempt, TaskState.Admitted, at);
    }

    internal void Write(AttemptRunning fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        alive.Bind(1, fact.Attempt.Fence).Bind(2, position).Bind(3, at).Bind(4, fact.Process.Pid).Bind(5, fact.Process.StartTicks)
            .Bind(6, Boot(fact.Process.BootId)).Run();
        Move(fact.Attempt, TaskState.Running, at);
    }

    internal void Write(AttemptFinished fact, long position)
    {
        long at = JournalTime.Of(fact.At);
        ExitReport report = fact.Report;
        end.Bind(1, fact.Attempt.Fence).Bind(2, position).Bind(3, at).Bind(4, (long)fact.Outcome).Bind(5, (long)fact.Next)
            .Bind(6, fact.RetryAt is { } retry ? JournalTime.Of(retry) : null).Bind(7, report.ExitCode).Bind(8, report.Signal)
            .Bind(9, report.Gone ? 1 : 0).Bind(10, report.PeakResident.Value).Bind(11, report.Cpu.Ticks)
            .Bind(12, report.StartError).Bind(13, report.OutputsError).Bind(14, fact.Reason).Bind(15, (long)report.Evidence).Run();
        Move(fact.Attempt, fact.Next, at);
        if (report.Footprint is { } held)
        {
            Write(fact.Attempt.Fence, held);
        }

        if (report.Outputs is { Count: > 0 } outputs)
        {
            foreach ((string key, string value) in outputs)
            {
                output.Bind(1, fact.Attempt.Fence).Bind(2, key).Bind(3, value).Run();
            }
        }
    }

    internal void Write(ModelUsed fact, long position) =>
        use.Bind(1, fact.Attempt.Fence).Bind(2, fact.Attempt.Task.Value).Bind(3, fact.Attempt.Number).Bind(4, position).Bind(5, JournalTime.Of(fact.At))
            .Bind(6, fact.Usage.Calls).Bind(7, fact.Usage.InputTokens).Bind(8, fact.Usage.CachedTokens).Bind(9, fact.Usage.OutputTokens)
            .Bind(10, fact.Usage.MicroDollars).Bind(11, fact.Usage.Refusals).Bind(12, fact.Usage.Queued.Ticks).Run();

    private void Write(long fence, AttemptFootprint held) =>
        footprint.Bind(1, fence).Bind(2, held.Settled.Value).Bind(3, held.Peak.Value).BindDouble(4, held.BurstShare)
            .Bind(5, held.TimeToSettle.Ticks).Bind(6, held.FastestRise.Value).Bind(7, held.StartCpu.Ticks).Bind(8, held.Mapped.Value)
            .Bind(9, unchecked((long)held.Executable)).Bind(10, held.Duration.Ticks).Bind(11, held.Readings).Bind(12, FootprintRows.Write(held.Curve)).Run();

    private void Move(AttemptId attempt, TaskState state, long at) =>
        progress.Bind(1, attempt.Task.Value).Bind(2, (long)state).Bind(3, attempt.Number).Bind(4, at).Bind(5, attempt.Fence).Run();

    private long Boot(string bootId)
    {
        if (!boots.TryGetValue(bootId, out long id))
        {
            addBoot.Bind(1, bootId).Run();
            findBoot.Bind(1, bootId).Step();
            id = findBoot.Long(0);
            findBoot.Reset();
            boots.Add(bootId, id);
        }

        return id;
    }
}
