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

    /// <summary>A log this many times longer than wanted makes the writer wait for the copy: the disk is slower than the turns.</summary>
    private const int PatienceFactor = 8;

    private Task? copy;

    /// <summary>True when there is something to do after a commit; only the writer's loop can do it.</summary>
    internal bool IsDue => copy is not null || writer.LogBytes >= options.CheckpointBytes;

    internal async ValueTask AfterCommitAsync()
    {
        long length = writer.LogBytes;
        if (copy is not null && length >= PatienceFactor * options.CheckpointBytes)
        {
            await copy;
        }

        if (copy is { IsCompleted: true })
        {
            copy = null;
            TryRest();
        }
        else if (copy is null && length >= options.CheckpointBytes)
        {
            copy = CopyLogAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (copy is not null)
        {
            await copy;
        }
    }

    private async Task CopyLogAsync()
    {
        // Copying blocks, and commits go on beside it.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
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
