namespace Plimsoll.Tests.Daemon.Watching;

/// <summary>The real clock, which can be put forward.</summary>
internal sealed class JumpingTime : TimeProvider
{
    private long ahead; // ticks

    public void Jump(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddTicks(Interlocked.Read(ref ahead));

    public override long GetTimestamp() => System.GetTimestamp() + (long)(Interlocked.Read(ref ahead) * (double)System.TimestampFrequency / TimeSpan.TicksPerSecond);
}
