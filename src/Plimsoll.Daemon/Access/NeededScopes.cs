using Microsoft.AspNetCore.Builder;

namespace Plimsoll.Daemon.Access;

/// <summary>Declares what callers of an endpoint need.</summary>
internal static class NeededScopes
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, AccessScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededScope(scope));

    /// <summary>Callers on the loopback need nothing.</summary>
    public static TBuilder NeedsOffLoopback<TBuilder>(this TBuilder endpoint, AccessScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededScope(scope, OffLoopback: true));
}
