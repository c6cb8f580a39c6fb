namespace Plimsoll.Engine.Processes;

/// <summary>A process of some attempt whose parents have ended, so that it became our child.</summary>
/// <param name="Tag">Its <c>PLIMSOLL_ATTEMPT</c>; null when it cleared its environment.</param>
/// <param name="Suspects">For one without a tag and in a session of its own: the attempts that lived when it was first seen.</param>
internal sealed record Orphan(int Pid, int Session, long StartTicks, string? Tag, LiveAttempt[]? Suspects);
