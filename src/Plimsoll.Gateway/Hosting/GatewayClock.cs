namespace Plimsoll.Gateway.Hosting;

/// <summary>Wall-clock time at the start plus what has passed since, so that a clock that is set changes no quota.</summary>
internal sealed class GatewayClock(TimeProvider time)
{
    private readonly DateTimeOffset origin = time.GetUtcNow();
    private readonly long started = time.GetTimestamp();

    public TimeProvider Time => time;

    public DateTimeOffset Now => origin + time.GetElapsedTime(started);
}
