using Microsoft.AspNetCore.Builder;

namespace Plimsoll.Daemon.Access;

/// <summary>Declares what callers of an endpoint need.</summary>
internal static class NeededScopes
{
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, AccessScope scope)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new NeededScope(scope));
}
