using Plimsoll.Core.Ports;
using Plimsoll.Journal.Native;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Copies the write-ahead log into the file on a second connection while the writer goes on.</summary>
/// <remarks>
/// A log restarts only when every page of it is copied and no reader uses it. Under load the writer is always ahead of the copy, so
/// after a copy the writer copies the short rest between two commits. Called by the writer loop only; the copy runs on its own task.
/// </remarks>
internal sealed class WalCheckpoint(string path, SqliteJournalOptions options, SqliteTurnWriter writer) : IAsyncDisposable
{
    private const string Copy = "PRAGMA wal_checkpoint(PASSIVE)";

    private readonly FileInfo log = new(path + "-wal");
    private Task? copy;
    private long copiedAt;

    internal void AfterCommit()
    {
        if (copy is { IsCompleted: true })
        {
            copy = null;
            TryRest();
        }

        log.Refresh();
        long size = log.Exists ? log.Length : 0;
        if (copy is null && size >= options.CheckpointBytes && writer.Head.Position - copiedAt >= MinimumFacts)
        {
            copiedAt = writer.Head.Position;
            copy = Task.Run(CopyLog);
        }
    }

    /// <summary>The log file keeps its size when it restarts, so size alone cannot say that a copy is due.</summary>
    private long MinimumFacts => options.CheckpointBytes / 512;

    public async ValueTask DisposeAsync()
    {
        if (copy is not null)
        {
            await copy;
        }
    }

    private void CopyLog()
    {
        try
        {
            using SqliteDatabase database = SqliteDatabase.Open(path, write: true, options.BusyTimeout);
            database.Execute("PRAGMA synchronous = NORMAL");
            database.Execute(Copy);
        }
        catch (JournalException)
        {
            // Nothing is lost: the log stays and grows, the next commit tries again, and a full disk shows at a commit.
        }
    }

    private void TryRest()
    {
        try
        {
            writer.Execute(Copy);
        }
        catch (JournalException)
        {
            // As above.
        }
    }
}
