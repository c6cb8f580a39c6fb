using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Each in turn.</summary>
internal sealed class RoundRobin : IStrategy
{
    private int turn = -1;

    public Endpoint Choose(IReadOnlyList<Endpoint> candidates, Exchange exchange) =>
        candidates[(int)((uint)Interlocked.Increment(ref turn) % (uint)candidates.Count)];
}
