namespace Plimsoll.EndToEnd.Gateway;

/// <summary>The real clock, so many times as fast: what waits minutes there is seen within seconds.</summary>
internal sealed class HurriedTime(int factor) : TimeProvider
{
    private readonly DateTimeOffset start = System.GetUtcNow();
    private readonly long begun = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(begun) * factor);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => begun + ((System.GetTimestamp() - begun) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, Hurried(dueTime), Hurried(period));

    private TimeSpan Hurried(TimeSpan span) => span <= TimeSpan.Zero ? span : span / factor;
}
