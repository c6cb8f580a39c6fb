using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Effects;

/// <summary>End an attempt with its whole process tree: SIGTERM, then SIGKILL after the grace. Performed at once, never behind the journal.</summary>
/// <remarks>Harmless when the attempt has not started or has ended; the answer is its <see cref="Inputs.AttemptEnded"/>.</remarks>
public sealed record KillAttempt(NodeId Node, AttemptId Attempt, KillReason Reason, TimeSpan Grace) : Effect(Node, Gated: false);
