using Plimsoll.Core.Facts;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Writes turns inside transactions of its own connection; used by the journal's writer loop only.</summary>
internal sealed class SqliteTurnWriter : IDisposable
{
    private const long PageBytes = 4096;

    private readonly SqliteDatabase database;
    private readonly AttemptTable attempts;
    private readonly BlockTable blocks;
    private readonly EventTable events;
    private readonly RecordTable records;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement owner;
    private readonly SqliteStatement advance;
    private JournalHead pending;
    private bool synced;
    private TimeSpan patience = TimeSpan.MinValue;

    internal SqliteTurnWriter(SqliteDatabase database, long epoch, JournalHead head)
    {
        this.database = database;
        Epoch = epoch;
        Head = head;
        attempts = new AttemptTable(database);
        blocks = new BlockTable(database);
        events = new EventTable(database);
        records = new RecordTable(database);
        begin = database.Prepare("BEGIN IMMEDIATE");
        commit = database.Prepare("COMMIT");
        rollback = database.Prepare("ROLLBACK");
        owner = database.Prepare("SELECT epoch FROM journal");
        advance = database.Prepare("UPDATE journal SET sequence = ?1, position = ?2, last_run = ?3, last_fence = ?4, last_at = ?5");
    }

    internal long Epoch { get; }

    /// <summary>What is durable.</summary>
    internal JournalHead Head { get; private set; }

    /// <summary>Sequence inside the open transaction.</summary>
    internal long PendingSequence => pending.Sequence;

    /// <summary>Opens a transaction; with <paramref name="sync"/> its commit survives power loss.</summary>
    /// <param name="wait">How long it may wait for locks of other processes.</param>
    /// <returns>False when another writer owns the journal; then no transaction is open.</returns>
    internal bool Begin(bool sync, TimeSpan wait)
    {
        if (wait != patience)
        {
            database.WaitForLocks(wait);
            patience = wait;
        }

        if (sync != synced)
        {
            // A pragma of this kind acts when it is compiled, so it cannot be a prepared statement.
            database.Execute(sync ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
            synced = sync;
        }

        begin.Run();
        pending = Head;
        owner.Step();
        long epoch = owner.Long(0);
        owner.Reset();
        if (epoch == Epoch)
        {
            return true;
        }

        Rollback();
        return false;
    }

    internal void Write(FactBatch batch)
    {
        foreach (Fact fact in batch.Facts)
        {
            if (FactsByRun.Concerns(fact))
            {
                foreach (Fact part in FactsByRun.Split(fact))
                {
                    Write(part);
                }
            }
            else
            {
                Write(fact);
            }
        }

        pending = pending with { Sequence = batch.Sequence, LastAt = batch.Facts.Count > 0 ? batch.Facts[^1].At : pending.LastAt };
    }

    internal void Commit()
    {
        advance.Bind(1, pending.Sequence).Bind(2, pending.Position).Bind(3, pending.LastRun).Bind(4, pending.LastFence).Bind(5, JournalTime.Of(pending.LastAt)).Run();
        commit.Run();
        Head = pending;
    }

    /// <summary>Takes everything since <see cref="Begin"/> back; SQLite may have done so already.</summary>
    internal void Rollback()
    {
        attempts.RolledBack();
        if (database.InTransaction)
        {
            rollback.Run();
        }
    }

    internal void Execute(string sql) => database.Execute(sql);

    /// <summary>True when the last call failed because another process holds a lock.</summary>
    internal bool IsBusy => database.IsBusy;

    /// <summary>Bytes of the write-ahead log in use.</summary>
    internal long LogBytes => database.LogPages * PageBytes;

    /// <summary>True when the file is no longer where it was opened.</summary>
    internal bool Moved => database.Moved;

    public void Dispose() => database.Dispose();

    private void Write(Fact fact)
    {
        long position = pending.Position + 1;
        pending = pending with { Position = position };
        switch (fact)
        {
            case AttemptAdmitted x:
                pending = pending with { LastFence = Math.Max(pending.LastFence, x.Attempt.Fence) };
                attempts.Write(x, position);
                break;
            case AttemptRunning x:
                attempts.Write(x, position);
                break;
            case AttemptFinished x:
                attempts.Write(x, position);
                break;
            case ModelUsed x:
                attempts.Write(x, position);
                break;
            case TasksAdded x:
                events.Write(x, position, pending.LastFence);
                blocks.Write(x, position);
                break;
            case RecordsChanged x:
                records.Write(x);
                break;
            case RunOpened x:
                pending = pending with { LastRun = Math.Max(pending.LastRun, x.Run.Value) };
                events.Write(x, position, pending.LastFence);
                break;
            default:
                events.Write(fact, position, pending.LastFence);
                break;
        }
    }
}
