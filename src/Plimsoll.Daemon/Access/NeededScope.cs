namespace Plimsoll.Daemon.Access;

/// <summary>What a caller needs for an endpoint; one without it is for administrators alone.</summary>
/// <param name="OffLoopback">True when it is needed only of callers that are not known to be on this machine.</param>
internal sealed record NeededScope(AccessScope Scope, bool OffLoopback = false);
