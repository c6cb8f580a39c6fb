namespace Plimsoll.Engine.Loop;

/// <summary>The kernel's time: the wall clock at the start plus elapsed monotonic time, so that a clock that jumps moves nothing.</summary>
public sealed class KernelClock
{
    private readonly TimeProvider time;
    private readonly DateTimeOffset origin;
    private readonly long start;

    /// <param name="notBefore">Time of the newest fact in the journal: a clock set back across a restart must not run behind it.</param>
    public KernelClock(TimeProvider time, DateTimeOffset notBefore)
    {
        this.time = time;
        DateTimeOffset wall = time.GetUtcNow();
        origin = wall > notBefore ? wall : notBefore;
        start = time.GetTimestamp();
    }

    public DateTimeOffset Now => origin + time.GetElapsedTime(start);
}
