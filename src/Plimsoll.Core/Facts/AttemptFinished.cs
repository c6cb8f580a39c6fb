using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>An attempt ended and released what it held; its task moved to <paramref name="Next"/>.</summary>
/// <param name="Outcome">What the ending counts as.</param>
/// <param name="Next">Ready (at once), Retrying (not before <paramref name="RetryAt"/>) or a terminal state.</param>
/// <param name="Reason">One line for people: why it ended so and what follows.</param>
public sealed record AttemptFinished(DateTimeOffset At, AttemptId Attempt, AttemptOutcome Outcome, TaskState Next, DateTimeOffset? RetryAt, ExitReport Report, string? Reason) : Fact(At);
