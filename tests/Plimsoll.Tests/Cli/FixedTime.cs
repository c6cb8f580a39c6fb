namespace Plimsoll.Tests.Cli;

/// <summary>A clock that stands still at noon, in UTC.</summary>
internal sealed class FixedTime : TimeProvider
{
    public static DateTimeOffset Noon { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Noon;
}
