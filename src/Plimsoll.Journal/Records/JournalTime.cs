namespace Plimsoll.Journal.Records;

/// <summary>Times as the journal stores them: 100 ns ticks after 1970-01-01 UTC.</summary>
internal static class JournalTime
{
    internal static long Of(DateTimeOffset time) => time.UtcTicks - DateTime.UnixEpoch.Ticks;

    internal static DateTimeOffset From(long ticks) => new(ticks + DateTime.UnixEpoch.Ticks, TimeSpan.Zero);

    internal static DateTimeOffset? From(long? ticks) => ticks is { } known ? From(known) : null;
}
