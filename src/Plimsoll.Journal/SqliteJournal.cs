using System.Threading.Channels;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Rows;
using Plimsoll.Journal.Sqlite;

namespace Plimsoll.Journal;

/// <summary>The journal in an SQLite file (WAL): one writer, turns that wait share a commit.</summary>
/// <remarks>
/// A small turn that finds nobody before it is committed by its appender: two changes of thread cost more than the commit. Other turns, those
/// that wait for the disk or for another process's lock, and all after a slow commit queue for the writer's loop, so that the appender never
/// waits for a lock. Commits survive the death of this process; those of turns that acknowledge work survive power loss too. The write-ahead log is copied into the file by a second connection.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    /// <summary>Facts after which a shared commit takes no further turn, so that the first one does not wait for long.</summary>
    private const int FactsPerCommit = 16_384;

    /// <summary>A larger turn would hold its appender up.</summary>
    private const int FactsPerOwnCommit = 64;

    /// <summary>After a commit that took longer, the disk is slow, and the appender has better things to do.</summary>
    private static readonly TimeSpan SlowCommit = TimeSpan.FromMilliseconds(20);

    private readonly string path;
    private readonly SqliteJournalOptions options;
    private readonly TimeProvider time;
    private readonly Lock gate = new(); // around the writer and the group
    private readonly SqliteTurnWriter writer;
    private readonly WalCheckpoint checkpoint;
    private readonly Channel<QueuedTurn> queue;
    private readonly List<QueuedTurn> group = [];
    private readonly Task loop;
    private int queued; // turns that the loop has not finished with
    private bool slow; // guarded by gate
    private bool closed; // guarded by gate

    private SqliteJournal(string path, SqliteJournalOptions options, TimeProvider time, SqliteTurnWriter writer, string id)
    {
        this.path = path;
        this.options = options;
        this.time = time;
        this.writer = writer;
        Id = id;
        checkpoint = new WalCheckpoint(path, options, writer);

        // Full: the appender waits. There is one, the loop, and it has at most two turns under way.
        queue = Channel.CreateBounded<QueuedTurn>(new BoundedChannelOptions(options.QueuedTurns) { SingleReader = true });
        loop = WriteAsync();
    }

    public string Id { get; }

    public long Epoch => writer.Epoch;

    public long Sequence => writer.Head.Sequence;

    public RunId LastRun => new(writer.Head.LastRun);

    public DateTimeOffset LastAt => writer.Head.LastAt;

    /// <summary>Opens or creates the journal and takes it over from any writer before.</summary>
    /// <exception cref="JournalException">It cannot be used; the message says why and what to do.</exception>
    public static ValueTask<SqliteJournal> OpenAsync(string path, SqliteJournalOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        (SqliteTurnWriter writer, string id) = SqliteJournalFile.OpenWriter(path, options, time.GetUtcNow());
        return ValueTask.FromResult(new SqliteJournal(path, options, time, writer, id));
    }

    /// <inheritdoc/>
    /// <remarks>The token ends the wait for a place in the queue; a queued turn is answered by its commit.</remarks>
    public ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        QueuedTurn turn = new(batch);
        return TryCommitHere(turn) ? new ValueTask<AppendResult>(turn.Answer.Task) : QueueAsync(turn, cancellationToken);
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) =>
        FactReplay.UnfinishedAsync(_ => ValueTask.FromResult<IRowSource>(new SqliteRowSource(SqliteJournalFile.OpenReader(path, options), owned: true)), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await loop;
            await checkpoint.DisposeAsync();
            lock (gate)
            {
                closed = true;
                writer.Dispose();
            }
        }
    }

    private bool TryCommitHere(QueuedTurn turn)
    {
        if (turn.Batch.Acknowledges || turn.Batch.Facts.Count > FactsPerOwnCommit || Volatile.Read(ref queued) > 0)
        {
            return false;
        }

        lock (gate)
        {
            if (slow || closed || Volatile.Read(ref queued) > 0 || checkpoint.IsDue)
            {
                return false;
            }

            group.Clear();
            group.Add(turn);
            return Commit(here: true);
        }
    }

    private async ValueTask<AppendResult> QueueAsync(QueuedTurn turn, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref queued);
        try
        {
            await queue.Writer.WriteAsync(turn, cancellationToken);
        }
        catch
        {
            Interlocked.Decrement(ref queued);
            throw;
        }

        return await turn.Answer.Task;
    }

    private async Task WriteAsync()
    {
        // Commits block: never on the thread, or in the context, of whoever opened the journal.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (await queue.Reader.WaitToReadAsync())
        {
            int turns;
            lock (gate)
            {
                Collect();
                turns = group.Count;
                Commit(here: false);
            }

            await checkpoint.AfterCommitAsync();
            Interlocked.Add(ref queued, -turns);
        }
    }

    private void Collect()
    {
        group.Clear();
        int facts = 0;
        while (facts < FactsPerCommit && queue.Reader.TryRead(out QueuedTurn? turn))
        {
            group.Add(turn);
            facts += turn.Batch.Facts.Count;
        }
    }

    /// <param name="here">The appender commits, and must not wait for a lock of another process.</param>
    /// <returns>False when it would have to: nothing has happened then, and nobody is answered.</returns>
    private bool Commit(bool here)
    {
        long begun = time.GetTimestamp();
        try
        {
            if (writer.Moved)
            {
                throw new JournalException($"Journal {path}: the file was deleted or moved while it was open. Put it back and start Plimsoll again; what runs now is not recorded any more.", retryable: false);
            }

            bool owned = writer.Begin(group.Exists(turn => turn.Batch.Acknowledges), here ? TimeSpan.Zero : options.BusyTimeout);
            if (owned)
            {
                WriteGroup();
                writer.Commit();
            }

            foreach (QueuedTurn turn in group)
            {
                turn.Answer.TrySetResult(owned && turn.Batch.Epoch == Epoch ? AppendResult.Committed : AppendResult.Fenced);
            }
        }
        catch (JournalException) when (here && writer.IsBusy)
        {
            writer.Rollback();
            return false;
        }
        catch (Exception fault)
        {
            TakeBack(fault);
        }

        // Turns that are synchronised are slow by nature and say nothing about others.
        slow = !group.Exists(turn => turn.Batch.Acknowledges) && time.GetElapsedTime(begun) > SlowCommit;
        return true;
    }

    private void WriteGroup()
    {
        foreach (QueuedTurn turn in group)
        {
            long expected = writer.PendingSequence + 1;
            if (turn.Batch.Epoch != Epoch || turn.Batch.Sequence < expected)
            {
                // Another writer's turn, which is answered as fenced, or one that is durable already and was sent again.
                continue;
            }

            if (turn.Batch.Sequence > expected)
            {
                turn.Answer.TrySetException(new JournalException($"Journal {path}: turn {turn.Batch.Sequence} came before turn {expected}. Append {expected} first; a turn that failed has to be sent again.", retryable: true));
                continue;
            }

            writer.Write(turn.Batch);
        }
    }

    private void TakeBack(Exception fault)
    {
        try
        {
            writer.Rollback();
        }
        catch (JournalException)
        {
            // The first fault is the one to tell; the next Begin meets what is left of the transaction.
        }

        foreach (QueuedTurn turn in group)
        {
            turn.Answer.TrySetException(fault);
        }
    }
}
