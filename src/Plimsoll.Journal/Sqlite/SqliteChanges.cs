using Plimsoll.Journal.Native;
using Plimsoll.Journal.Stores;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Follows a journal file by what the file system tells of its write-ahead log.</summary>
internal sealed class SqliteChanges : IJournalChanges
{
    private readonly SqliteDatabase database;
    private readonly FileSystemWatcher watcher;
    private readonly SemaphoreSlim touched = new(0, 1);

    internal SqliteChanges(string path, SqliteJournalOptions options)
    {
        database = SqliteJournalFile.OpenReader(path, options);
        watcher = new FileSystemWatcher(Path.GetDirectoryName(path) ?? ".", Path.GetFileName(path) + "*");
        watcher.Changed += (_, _) => Touch();
        watcher.Created += (_, _) => Touch();
        watcher.Error += (_, _) => Touch();
        watcher.EnableRaisingEvents = true;
    }

    public async ValueTask<long> WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        while (true)
        {
            long now = database.Scalar("SELECT sequence FROM journal");
            if (now > sequence)
            {
                return now;
            }

            await touched.WaitAsync(cancellationToken);
        }
    }

    public ValueTask DisposeAsync()
    {
        watcher.Dispose();
        database.Dispose();
        touched.Dispose();
        return ValueTask.CompletedTask;
    }

    private void Touch()
    {
        try
        {
            touched.Release();
        }
        catch (Exception again) when (again is SemaphoreFullException or ObjectDisposedException)
        {
            // Somebody has touched it already, or nobody waits any more.
        }
    }
}
