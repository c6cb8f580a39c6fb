using System.Threading.Channels;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Sqlite;

namespace Plimsoll.Journal;

/// <summary>The journal in an SQLite file (WAL): one writer, turns that wait share a commit.</summary>
/// <remarks>
/// One loop owns the connection; <see cref="AppendAsync"/> queues. Commits survive the death of this process; those of turns that
/// acknowledge work survive power loss too. The write-ahead log is copied into the file by a second connection.
/// </remarks>
public sealed class SqliteJournal : IJournal
{
    /// <summary>Facts after which a shared commit takes no further turn, so that the first one does not wait for long.</summary>
    private const int FactsPerCommit = 16_384;

    private readonly string path;
    private readonly SqliteJournalOptions options;
    private readonly SqliteTurnWriter writer;
    private readonly WalCheckpoint checkpoint;
    private readonly Channel<QueuedTurn> queue;
    private readonly List<QueuedTurn> group = [];
    private readonly Task loop;

    private SqliteJournal(string path, SqliteJournalOptions options, SqliteTurnWriter writer, string id)
    {
        this.path = path;
        this.options = options;
        this.writer = writer;
        Id = id;
        checkpoint = new WalCheckpoint(path, options, writer);

        // Full: the appender waits. There is one, the loop, and it has at most two turns under way.
        queue = Channel.CreateBounded<QueuedTurn>(new BoundedChannelOptions(options.QueuedTurns) { SingleReader = true });
        loop = Task.Run(WriteAsync);
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
        return ValueTask.FromResult(new SqliteJournal(path, options, writer, id));
    }

    /// <inheritdoc/>
    /// <remarks>The token ends the wait for a place in the queue; a queued turn is answered by its commit.</remarks>
    public async ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        QueuedTurn turn = new(batch);
        await queue.Writer.WriteAsync(turn, cancellationToken);
        return await turn.Answer.Task;
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) =>
        FactReplay.Unfinished(() => SqliteJournalFile.OpenReader(path, options), cancellationToken).ToAsyncEnumerable();

    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            await loop;
            await checkpoint.DisposeAsync();
            writer.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            Collect();
            Commit();
            await checkpoint.AfterCommitAsync();
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

    private void Commit()
    {
        try
        {
            if (writer.Moved)
            {
                throw new JournalException($"Journal {path}: the file was deleted or moved while it was open. Put it back and start Plimsoll again; what runs now is not recorded any more.", retryable: false);
            }

            bool owned = writer.Begin(group.Exists(turn => turn.Batch.Acknowledges));
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
        catch (Exception fault)
        {
            TakeBack(fault);
        }
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
