using Plimsoll.Gateway.Forwarding;

namespace Plimsoll.Gateway.Balancing;

/// <summary>Chooses among endpoints that can all serve a request.</summary>
internal interface IStrategy
{
    /// <param name="candidates">At least one.</param>
    Endpoint Choose(IReadOnlyList<Endpoint> candidates, Exchange exchange);
}
