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
    private readonly SqliteTables tables;
    private readonly SqliteStatement begin;
    private readonly SqliteStatement commit;
    private readonly SqliteStatement rollback;
    private readonly SqliteStatement owner;
    private readonly SqliteStatement advance;
    private bool synced;
    private TimeSpan patience = TimeSpan.MinValue;

    internal SqliteTurnWriter(SqliteDatabase database, long epoch, JournalHead head)
    {
        this.database = database;
        Epoch = epoch;
        Head = head;
        tables = new SqliteTables(database);
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
    internal long PendingSequence => tables.Pending.Sequence;

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
        tables.Begin(Head);
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

    internal void Write(FactBatch batch) => tables.Write(batch);

    internal void Commit()
    {
        JournalHead pending = tables.Pending;
        advance.Bind(1, pending.Sequence).Bind(2, pending.Position).Bind(3, pending.LastRun).Bind(4, pending.LastFence).Bind(5, JournalTime.Of(pending.LastAt)).Run();
        commit.Run();
        Head = pending;
    }

    /// <summary>Takes everything since <see cref="Begin"/> back; SQLite may have done so already.</summary>
    internal void Rollback()
    {
        tables.RolledBack();
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
}
