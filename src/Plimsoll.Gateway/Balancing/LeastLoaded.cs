using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>The one with the fewest requests waiting and in flight for its weight; of equals each in turn.</summary>
internal sealed class LeastLoaded : IStrategy
{
    private int turn = -1;

    public Endpoint Choose(IReadOnlyList<Endpoint> candidates, Exchange exchange)
    {
        int start = (int)((uint)Interlocked.Increment(ref turn) % (uint)candidates.Count);
        Endpoint? best = null;
        double least = double.PositiveInfinity;
        for (int index = 0; index < candidates.Count; index++)
        {
            Endpoint endpoint = candidates[(start + index) % candidates.Count];
            double load = endpoint.LoadFor(exchange.Model) / endpoint.Weight;
            if (load < least)
            {
                (best, least) = (endpoint, load);
            }
        }

        return best!;
    }
}
