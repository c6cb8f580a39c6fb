using Plimsoll.Gateway.Hosting;

namespace Plimsoll.Gateway.Forwarding;

/// <summary>The one deadline of a request: it covers every wait for quota, for a cold prefix and for the ladder's hold.</summary>
/// <remarks>
/// Clients give up waiting for headers after 300 s (Bun, undici) and reading after 600 s (SDKs). So headers are sent within 4 minutes; a stream may then be
/// kept alive until 570 s.
/// </remarks>
internal sealed class Deadline
{
    private static readonly TimeSpan Headers = TimeSpan.FromMinutes(4);
    private static readonly TimeSpan Stream = TimeSpan.FromSeconds(570);
    private readonly GatewayClock clock;
    private readonly long arrived;

    /// <param name="canBeKept">Whether the client can be kept waiting by pings, or is in this process.</param>
    public Deadline(GatewayClock clock, bool canBeKept)
    {
        this.clock = clock;
        arrived = clock.Time.GetTimestamp();
        CanBeKept = canBeKept;
    }

    public bool CanBeKept { get; }

    public TimeSpan Elapsed => clock.Time.GetElapsedTime(arrived);

    /// <summary>Left until a stream that has sent nothing must begin to ping.</summary>
    public TimeSpan UntilHeaders => Positive(Headers - Elapsed);

    /// <summary>Left until the client must have its answer, however it is kept.</summary>
    public TimeSpan UntilEnd => Positive((CanBeKept ? Stream : Headers) - Elapsed);

    /// <summary>Left to wait before a request is sent that takes so long to begin to answer.</summary>
    public TimeSpan UntilSent(TimeSpan firstByte) => Positive((CanBeKept ? Stream : Headers) - firstByte - Elapsed);

    private static TimeSpan Positive(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
