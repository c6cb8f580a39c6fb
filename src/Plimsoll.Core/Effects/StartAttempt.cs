using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Effects;

/// <summary>Start an attempt; answered by <see cref="Inputs.AttemptStarted"/> (optional for in-process work) and <see cref="Inputs.AttemptEnded"/>.</summary>
/// <param name="Brief">The class is known to live less than 250 ms, so the start may be unsupervised where the run allows it.</param>
public sealed record StartAttempt(NodeId Node, AttemptId Attempt, bool Brief) : Effect(Node, Gated: true);
