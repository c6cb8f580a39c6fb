using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Watch.Samples;

/// <summary>An attempt that has just ended.</summary>
/// <param name="Lasted">From its start to its end.</param>
public sealed record EndedAttempt(AttemptId Attempt, string Class, AttemptOutcome Outcome, TimeSpan Lasted);
