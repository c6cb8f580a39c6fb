using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Each in turn as often as its weight says, evenly mixed.</summary>
/// <remarks>Smooth weighted round robin as in nginx (I. Sysoev, 2012): all gain their weight, the richest is chosen and pays what all have gained.</remarks>
internal sealed class WeightedRoundRobin : IStrategy
{
    private readonly Lock gate = new();
    private readonly Dictionary<Endpoint, double> credits = [];

    public Endpoint Choose(IReadOnlyList<Endpoint> candidates, Exchange exchange)
    {
        lock (gate)
        {
            double all = 0;
            Endpoint? best = null;
            foreach (Endpoint endpoint in candidates)
            {
                all += endpoint.Weight;
                credits[endpoint] = credits.GetValueOrDefault(endpoint) + endpoint.Weight;
                best = best is null || credits[endpoint] > credits[best] ? endpoint : best;
            }

            credits[best!] -= all;
            return best!;
        }
    }
}
