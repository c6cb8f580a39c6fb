namespace Plimsoll.Daemon.Access;

/// <summary>What a caller needs for an endpoint; one without it is for administrators alone.</summary>
internal sealed record NeededScope(AccessScope Scope);
