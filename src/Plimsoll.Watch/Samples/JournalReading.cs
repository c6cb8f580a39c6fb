namespace Plimsoll.Watch.Samples;

/// <summary>How the journal keeps up.</summary>
/// <param name="Slowest">The slowest commit since the sample before; zero when there was none.</param>
/// <param name="Fault">Why turns cannot be made durable now; null while they can.</param>
public sealed record JournalReading(TimeSpan Slowest, long Commits, string? Fault);
