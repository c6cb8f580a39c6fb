using System.Globalization;
using Plimsoll.Core.Ports;
using Plimsoll.Journal.Migrations;
using Plimsoll.Journal.Native;
using Plimsoll.Journal.Records;
using Plimsoll.Journal.Rows;

namespace Plimsoll.Journal.Sqlite;

/// <summary>Opens the file behind a journal, for its writer or for readers.</summary>
internal static class SqliteJournalFile
{
    /// <summary>Creates the file (0600) when it is missing, brings it to the newest version and takes the next epoch.</summary>
    internal static (SqliteTurnWriter Writer, string Id) OpenWriter(string path, SqliteJournalOptions options, DateTimeOffset now)
    {
        Create(path);
        SqliteDatabase database = SqliteDatabase.Open(path, write: true, options.BusyTimeout);
        try
        {
            database.Execute("PRAGMA auto_vacuum = INCREMENTAL");
            JournalSchema.Check(database);
            string mode = database.ScalarText("PRAGMA journal_mode = WAL");
            if (mode != "wal")
            {
                throw new JournalException($"Journal {path}: SQLite uses the mode '{mode}' here and the journal needs 'wal'. Put the state folder on a local disk (--state DIR).", retryable: false);
            }

            database.TrackLog();
            database.Execute($"PRAGMA journal_size_limit = {options.CheckpointBytes}; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
            JournalSchema.Migrate(database);
            return TakeOver(database, now);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    internal static SqliteDatabase OpenReader(string path, SqliteJournalOptions options)
    {
        if (Directory.Exists(path))
        {
            throw IsFolder(path);
        }

        if (!File.Exists(path))
        {
            throw new JournalException($"Journal {path}: there is none. Start a run first, or name the state folder with --state.", retryable: false);
        }

        SqliteDatabase database = SqliteDatabase.Open(path, write: false, options.BusyTimeout);
        try
        {
            if (JournalSchema.Check(database) == 0)
            {
                throw new JournalException($"Journal {path}: it is empty. Start a run first, or name the state folder with --state.", retryable: true);
            }

            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static (SqliteTurnWriter Writer, string Id) TakeOver(SqliteDatabase database, DateTimeOffset now)
    {
        long at = JournalTime.Of(now);
        // SQLite's own random source: the framework's would load OpenSSL, which costs start-up time and is not on every machine.
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            PRAGMA synchronous = FULL;
            BEGIN IMMEDIATE;
            INSERT OR IGNORE INTO journal VALUES (1, lower(hex(randomblob(8))), {at}, 0, 0, 0, 0, 0, 0);
            UPDATE journal SET epoch = epoch + 1;
            INSERT INTO writer SELECT epoch, {at}, {Environment.ProcessId}, position + 1 FROM journal;
            COMMIT;
            PRAGMA synchronous = NORMAL;
            """));
        using SqliteStatement row = database.Query("SELECT uuid, epoch, sequence, position, last_run, last_fence, last_at FROM journal");
        row.Step();
        return (new SqliteTurnWriter(database, row.Long(1), new JournalHead(row.Long(2), row.Long(3), row.Int(4), row.Long(5), JournalTime.From(row.Long(6)))), row.Text(0));
    }

    private static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            throw IsFolder(path);
        }

        try
        {
            // SQLite gives its -wal and -shm files the permissions of this one. Nothing in this process has it open yet: closing a
            // descriptor would drop the locks SQLite holds on the same file.
            using FileStream file = new(path, new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
        }
        catch (IOException) when (File.Exists(path))
        {
            // It was there before: SQLite says what it thinks of it.
        }
        catch (UnauthorizedAccessException) when (File.Exists(path))
        {
            // Likewise.
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Journal {path}: it cannot be created ({fault.Message}). Make its folder writable, free disk space, or choose another state folder with --state.", fault is IOException and not DirectoryNotFoundException, fault);
        }
    }

    private static JournalException IsFolder(string path) =>
        new($"Journal {path}: it is a folder and has to be a file. Move it away, or choose another state folder with --state.", retryable: false);
}
