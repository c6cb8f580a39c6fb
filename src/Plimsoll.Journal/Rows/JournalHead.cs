namespace Plimsoll.Journal.Rows;

/// <summary>How far a journal has come; changes only with a commit.</summary>
/// <param name="Sequence">Turns.</param>
/// <param name="Position">Facts.</param>
/// <param name="LastRun">Largest run number given away.</param>
/// <param name="LastFence">Largest fence given away.</param>
/// <param name="LastAt">Time of the newest fact.</param>
internal readonly record struct JournalHead(long Sequence, long Position, int LastRun, long LastFence, DateTimeOffset LastAt);
