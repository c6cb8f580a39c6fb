using System.Globalization;
using System.Runtime.CompilerServices;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Units;
using Plimsoll.Journal.Records;

namespace Plimsoll.Journal.Rows;

/// <summary>Rebuilds facts from rows, in journal order, as a stream.</summary>
/// <remarks>
/// Events come by position and attempts by fence, which is the order of their admission. The later rows of an attempt wait in a heap until
/// their position is reached, so memory grows with the attempts that were alive at once, not with all of them.
/// </remarks>
internal sealed class FactReplay
{
    private readonly IRowSource source;
    private readonly HashSet<int> runs;
    private readonly PriorityQueue<Fact, long> later = new();

    private FactReplay(IRowSource source, HashSet<int> runs)
    {
        this.source = source;
        this.runs = runs;
    }

    private string RunList => string.Join(',', runs.Select(run => run.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What is needed to go on: the newest limits, breakers and intake, and every run that has not finished.</summary>
    /// <param name="open">Opens a source of its own for the stream.</param>
    internal static async IAsyncEnumerable<Fact> UnfinishedAsync(
        Func<CancellationToken, ValueTask<IRowSource>> open, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IRowSource source = await open(cancellationToken);
        FactReplay replay = new(source, await RunsAsync(source, cancellationToken));
        await replay.AddGlobalsAsync(cancellationToken);
        await foreach (Fact fact in replay.MergeAsync(cancellationToken))
        {
            yield return fact;
        }
    }

    internal static async IAsyncEnumerable<Fact> OfRunAsync(
        Func<CancellationToken, ValueTask<IRowSource>> open, RunId run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using IRowSource source = await open(cancellationToken);
        await foreach (Fact fact in new FactReplay(source, [run.Value]).MergeAsync(cancellationToken))
        {
            yield return fact;
        }
    }

    private static async ValueTask<HashSet<int>> RunsAsync(IRowSource source, CancellationToken cancellationToken)
    {
        using IRows rows = source.Query("SELECT id FROM run WHERE finished_at IS NULL");
        HashSet<int> found = [];
        while (await rows.NextAsync(cancellationToken))
        {
            found.Add(rows.Int(0));
        }

        return found;
    }

    private async ValueTask AddGlobalsAsync(CancellationToken cancellationToken)
    {
        using IRows rows = source.Query($"""
            SELECT position, at, kind, run, task, detail FROM event WHERE position IN (
              SELECT max(position) FROM event WHERE run IS NULL
              GROUP BY kind, {source.Dialect.ClassOfDetail})
            """);
        while (await rows.NextAsync(cancellationToken))
        {
            later.Enqueue(await EventAsync(rows, cancellationToken), rows.Long(0));
        }

        foreach ((long position, ClassLearned fact) in await ProfileRows.AllAsync(source, cancellationToken))
        {
            later.Enqueue(fact, position);
        }
    }

    private async IAsyncEnumerable<Fact> MergeAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (runs.Count == 0)
        {
            while (later.TryDequeue(out Fact? fact, out _))
            {
                yield return fact;
            }

            yield break;
        }

        using IRows events = source.Query($"SELECT position, at, kind, run, task, detail FROM event WHERE run IN ({RunList}) ORDER BY position");
        using IRows attempts = source.Query($"""
            SELECT a.fence, a.position, a.at, a.task, a.number, a.node, a.reserved,
              p.position, p.at, p.pid, p.start_ticks, boot.boot_id,
              e.position, e.at, e.outcome, e.next_state, e.retry_at, e.exit_code, e.signal, e.gone, e.peak_resident, e.cpu, e.start_error, e.reason,
              EXISTS (SELECT 1 FROM output WHERE output.fence = a.fence), e.outputs_error, e.memory_end, {FootprintRows.Columns}
            FROM attempt a LEFT JOIN attempt_process p ON p.fence = a.fence LEFT JOIN boot ON boot.id = p.boot LEFT JOIN attempt_end e ON e.fence = a.fence
              LEFT JOIN attempt_footprint f ON f.fence = a.fence
            WHERE a.fence > (SELECT coalesce(min(fence_floor), 0) FROM run WHERE id IN ({RunList})) AND a.task >> 32 IN ({RunList})
            ORDER BY a.fence
            """);
        foreach (int run in runs)
        {
            foreach ((long at, ModelUsed used) in await UsageRows.OfAsync(source, new TaskId(new RunId(run), 0), new TaskId(new RunId(run + 1), 0), cancellationToken))
            {
                later.Enqueue(used, at);
            }
        }

        long nextEvent = await events.NextAsync(cancellationToken) ? events.Long(0) : long.MaxValue;
        long nextAttempt = await attempts.NextAsync(cancellationToken) ? attempts.Long(1) : long.MaxValue;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long nextLater = later.TryPeek(out _, out long position) ? position : long.MaxValue;
            if (nextLater < nextEvent && nextLater < nextAttempt)
            {
                yield return later.Dequeue();
            }
            else if (nextEvent < nextAttempt)
            {
                yield return await EventAsync(events, cancellationToken);
                nextEvent = await events.NextAsync(cancellationToken) ? events.Long(0) : long.MaxValue;
            }
            else if (nextAttempt < long.MaxValue)
            {
                yield return await AttemptAsync(attempts, cancellationToken);
                nextAttempt = await attempts.NextAsync(cancellationToken) ? attempts.Long(1) : long.MaxValue;
            }
            else
            {
                yield break;
            }
        }
    }

    private async ValueTask<Fact> EventAsync(IRows row, CancellationToken cancellationToken)
    {
        string kind = row.Text(2);
        if (kind == EventKind.TasksAdded)
        {
            return await BlockReplay.ReadAsync(source, row.Long(0), cancellationToken);
        }

        RunId? run = row.IntOrNull(3) is { } number ? new RunId(number) : null;
        TaskId? task = row.LongOrNull(4) is { } id ? new TaskId(id) : null;
        return new EventRow(JournalTime.From(row.Long(1)), kind, run, task, EventRow.Parse(row.Utf8(5))).ToFact();
    }

    /// <summary>The admission of an attempt; what came after it is put aside until its place in the order.</summary>
    private async ValueTask<AttemptAdmitted> AttemptAsync(IRows row, CancellationToken cancellationToken)
    {
        AttemptId attempt = new(new TaskId(row.Long(3)), row.Int(4), row.Long(0));
        if (!row.IsNull(7))
        {
            later.Enqueue(new AttemptRunning(JournalTime.From(row.Long(8)), attempt, new ProcessIdentity(row.Int(9), row.Long(10), row.Text(11))), row.Long(7));
        }

        if (!row.IsNull(12))
        {
            IReadOnlyDictionary<string, string>? outputs = row.Int(24) == 0 ? null : await OutputRows.OfAsync(source, attempt.Fence, cancellationToken);
            ExitReport report = new(row.IntOrNull(17), row.IntOrNull(18), row.TextOrNull(22), row.Int(19) != 0, new Bytes(row.Long(20)), new TimeSpan(row.Long(21)), outputs)
            {
                OutputsError = row.TextOrNull(25),
                Evidence = (MemoryEnd)row.Int(26),
                Footprint = FootprintRows.Read(row, 27),
            };
            later.Enqueue(
                new AttemptFinished(JournalTime.From(row.Long(13)), attempt, (AttemptOutcome)row.Int(14), (TaskState)row.Int(15), JournalTime.From(row.LongOrNull(16)), report, row.TextOrNull(23)),
                row.Long(12));
        }

        return new AttemptAdmitted(JournalTime.From(row.Long(2)), attempt, new NodeId(row.Int(5)), new Bytes(row.Long(6)));
    }
}
