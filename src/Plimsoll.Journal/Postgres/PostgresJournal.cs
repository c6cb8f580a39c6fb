using System.Threading.Channels;
using Npgsql;
using Plimsoll.Core.Facts;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Postgres;

/// <summary>The journal on a PostgreSQL server: one writer, turns that wait share a commit, a commit is one message.</summary>
/// <remarks>
/// When the connection is lost nobody knows whether the last commit was made. The journal is asked: a turn that is there is answered as
/// committed, one that is not is sent again, so none is lost or repeated. While the server stays away turns fail after a short patience,
/// and the same turn may be appended again; until then <see cref="Sequence"/> does not move, whatever the server has.
/// </remarks>
internal sealed class PostgresJournal : IJournal
{
    private const int QueuedTurns = 256;
    private const int FactsPerCommit = 16_384;

    /// <summary>How long a turn waits for a lost server before it fails.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan BetweenAttempts = TimeSpan.FromMilliseconds(100);

    private readonly PostgresSource source;
    private readonly Channel<QueuedTurn> queue;
    private readonly CancellationTokenSource closing = new();
    private readonly Task loop;

    // Owned by the loop.
    private readonly TurnBuffers buffers = new();
    private readonly List<QueuedTurn> group = [];
    private WriterSession? session;
    private int backend;
    private bool fenced;

    private long sequence; // written by the loop, read by anyone

    private PostgresJournal(PostgresSource source, WriterSession session)
    {
        this.source = source;
        this.session = session;
        backend = session.Backend;
        Id = session.Id;
        Epoch = session.Epoch;
        LastRun = new RunId(session.Head.LastRun);
        LastAt = session.Head.LastAt;
        sequence = session.Head.Sequence;

        // Full: the appender waits. There is one, the loop, and it has at most two turns under way.
        queue = Channel.CreateBounded<QueuedTurn>(new BoundedChannelOptions(QueuedTurns) { SingleReader = true });
        loop = WriteAsync();
    }

    public string Id { get; }

    public long Epoch { get; }

    public long Sequence => Interlocked.Read(ref sequence);

    public RunId LastRun { get; private set; }

    public DateTimeOffset LastAt { get; private set; }

    /// <summary>Opens or creates the journal and takes it over from any writer before.</summary>
    /// <param name="takeOver">Also from one that is still connected.</param>
    /// <returns>The journal, or who writes it now.</returns>
    /// <exception cref="JournalException">It cannot be used; the message says why and what to do.</exception>
    internal static async ValueTask<(PostgresJournal? Journal, string? Owner)> OpenAsync(PostgresSource source, bool takeOver, CancellationToken cancellationToken)
    {
        try
        {
            (WriterSession? session, string? owner) = await WriterSession.ClaimAsync(source, takeOver, source.Time.GetUtcNow(), cancellationToken);
            return session is null ? (null, owner) : (new PostgresJournal(source, session), null);
        }
        catch (Exception fault) when (PostgresFault.Concerns(fault))
        {
            throw PostgresFault.Of(source.Url, fault);
        }
    }

    /// <inheritdoc/>
    /// <remarks>The token ends the wait for a place in the queue; a queued turn is answered by its commit.</remarks>
    public async ValueTask<AppendResult> AppendAsync(FactBatch batch, CancellationToken cancellationToken)
    {
        QueuedTurn turn = new(batch);
        await queue.Writer.WriteAsync(turn, cancellationToken);
        return await turn.Answer.Task;
    }

    public IAsyncEnumerable<Fact> RecoverAsync(CancellationToken cancellationToken) => PostgresJournalReader.UnfinishedAsync(source, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (queue.Writer.TryComplete())
        {
            closing.CancelAfter(Patience);
            await loop;
            if (session is not null)
            {
                await session.DisposeAsync();
            }

            closing.Dispose();
        }
    }

    private async Task WriteAsync()
    {
        // Never on the thread, or in the context, of whoever opened the journal.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        while (await queue.Reader.WaitToReadAsync())
        {
            group.Clear();
            for (int facts = 0; facts < FactsPerCommit && queue.Reader.TryRead(out QueuedTurn? turn); facts += turn.Batch.Facts.Count)
            {
                group.Add(turn);
            }

            await CommitGroupAsync();
        }
    }

    /// <summary>Commits the group and answers every turn of it, however often the connection is lost meanwhile.</summary>
    private async Task CommitGroupAsync()
    {
        long begun = source.Time.GetTimestamp();
        while (true)
        {
            try
            {
                await TryCommitAsync();
                return;
            }
            catch (Exception fault)
            {
                await DropAsync(fault);
                JournalException told = Told(fault);
                if (!told.Retryable || !Again(fault) || source.Time.GetElapsedTime(begun) > Patience || closing.IsCancellationRequested)
                {
                    group.ForEach(turn => turn.Answer.TrySetException(told));
                    return;
                }
            }

            await Task.Delay(BetweenAttempts, source.Time);
        }
    }

    private async Task TryCommitAsync()
    {
        if (session is null && !fenced)
        {
            session = await WriterSession.ResumeAsync(source, Epoch, backend, closing.Token);
            backend = session?.Backend ?? backend;
            fenced = session is null;
        }

        if (session is null)
        {
            group.ForEach(turn => turn.Answer.TrySetResult(AppendResult.Fenced));
            return;
        }

        buffers.Begin(session.Head);
        Write();
        if (!buffers.IsEmpty)
        {
            await session.CommitAsync(buffers, closing.Token);
        }

        Answer(session.Head);
    }

    private void Write()
    {
        foreach (QueuedTurn turn in group)
        {
            long expected = buffers.Pending.Sequence + 1;
            if (turn.Batch.Epoch != Epoch || turn.Batch.Sequence < expected)
            {
                // Another writer's turn, which is answered as fenced, or one that is durable already and was sent again.
                continue;
            }

            if (turn.Batch.Sequence > expected)
            {
                turn.Answer.TrySetException(new JournalException(
                    $"Journal {source.Url}: turn {turn.Batch.Sequence} came before turn {expected}. Append {expected} first; a turn that failed has to be sent again.", retryable: true));
                continue;
            }

            buffers.Write(turn.Batch);
        }
    }

    private void Answer(JournalHead head)
    {
        LastRun = new RunId(head.LastRun);
        LastAt = head.LastAt;
        foreach (QueuedTurn turn in group)
        {
            bool mine = turn.Batch.Epoch == Epoch;
            if (mine && turn.Batch.Sequence <= head.Sequence)
            {
                // What the server has beyond the turns that were answered moves nothing: its turn may be sent again and has to find its number.
                Interlocked.Exchange(ref sequence, Math.Max(Sequence, turn.Batch.Sequence));
            }

            turn.Answer.TrySetResult(mine ? AppendResult.Committed : AppendResult.Fenced);
        }
    }

    /// <summary>After a fault the session is kept only when the server said in so many words that nothing was done, and goes on.</summary>
    private async ValueTask DropAsync(Exception fault)
    {
        if (session is not null && (PostgresFault.LosesConnection(fault) || IsNotNext(fault)))
        {
            await session.DisposeAsync();
            session = null;
        }
    }

    private static bool IsNotNext(Exception fault) => fault is PostgresException { SqlState: PostgresFault.NotNext };

    private static bool Again(Exception fault) => IsNotNext(fault) || PostgresFault.LosesConnection(fault);

    private JournalException Told(Exception fault) => fault switch
    {
        _ when IsNotNext(fault) => new JournalException($"Journal {source.Url}: {fault.Message}", retryable: true, fault),
        OperationCanceledException => new JournalException($"Journal {source.Url}: it was closed before the turn was recorded.", retryable: true, fault),
        _ when PostgresFault.Concerns(fault) => PostgresFault.Of(source.Url, fault),
        _ => fault as JournalException ?? new JournalException($"Journal {source.Url}: {fault.Message}", retryable: false, fault),
    };
}
