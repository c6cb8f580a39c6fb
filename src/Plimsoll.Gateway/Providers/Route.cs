namespace Plimsoll.Gateway.Providers;

/// <summary>Where a request goes, whatever the base URL of the client looked like.</summary>
/// <param name="Tail">The path behind <c>/v1/</c>, escaped.</param>
/// <param name="Name">For records and settings, without ids.</param>
/// <param name="Selector">The pool or provider named at the start of the path, or null.</param>
/// <param name="Deployment">The model, where Azure's form of path names it.</param>
internal sealed record Route(RouteKind Kind, string Tail, string Name, string? Selector = null, string? Deployment = null)
{
    /// <summary>Whether a call produces tokens and so is metered and queued.</summary>
    public bool IsMetered => Kind is RouteKind.Messages or RouteKind.Chat or RouteKind.Responses or RouteKind.Embeddings;

    /// <summary>Whether only Anthropic serves it.</summary>
    public bool IsAnthropic => Kind is RouteKind.Messages or RouteKind.CountTokens;
}
