namespace Plimsoll.Journal;

/// <summary>How the journal file is written.</summary>
/// <param name="BusyTimeout">How long a commit waits for a lock of another process, default 5 s.</param>
/// <param name="QueuedTurns">Turns that may wait for the writer, default 256; a full queue makes the appender wait.</param>
/// <param name="CheckpointBytes">Size of the write-ahead log after which it is copied into the file, default 32 MiB.</param>
public sealed record SqliteJournalOptions(TimeSpan BusyTimeout, int QueuedTurns, long CheckpointBytes)
{
    public static SqliteJournalOptions Default { get; } = new(TimeSpan.FromSeconds(5), 256, 32 << 20);
}
