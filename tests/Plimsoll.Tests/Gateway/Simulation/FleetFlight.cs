using Plimsoll.Gateway.Quotas;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>A call on its way.</summary>
internal sealed class FleetFlight(int agent, FleetCall call, QuotaCall asked, TimeSpan askedAt)
{
    public int Agent => agent;

    public FleetCall Call => call;

    public QuotaCall Asked => asked;

    public TimeSpan AskedAt => askedAt;

    public Waiter Waiter { get; set; } = null!;

    public TimeSpan SentAt { get; set; }

    public long Lead { get; set; }

    public long Debited { get; set; }

    /// <summary>Whether it had to queue, so that there was somebody the quota could be given to.</summary>
    public bool Waited { get; set; }
}
