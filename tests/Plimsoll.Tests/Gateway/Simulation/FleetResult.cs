using System.Globalization;

namespace Plimsoll.Tests.Gateway.Simulation;

/// <summary>What a fleet got out of its quota.</summary>
/// <param name="Goodput">Charged for calls that had waited / what the quota gave while somebody waited, after the warm-up.</param>
/// <param name="Refused">429 answers of the provider; no agent has seen one.</param>
/// <param name="Jain">Fairness over agents: 1 = all got the same.</param>
/// <param name="UrgentSeconds">Longest wait of a call of high priority.</param>
/// <param name="WaitSeconds">p99 of the others.</param>
internal sealed record FleetResult(
    double Goodput, long Sent, long Refused, double Jain, long ExpiredHolds, double UrgentSeconds, double WaitSeconds, TimeSpan Span)
{
    public double RefusedPerThousand => 1000.0 * Refused / Math.Max(1, Sent);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"goodput {Goodput:0.000}, {Refused} x 429 of {Sent} ({RefusedPerThousand:0.00} per 1,000), Jain {Jain:0.000}, expired holds {ExpiredHolds}, urgent {UrgentSeconds:0.00} s, p99 wait {WaitSeconds:0.0} s");
}
