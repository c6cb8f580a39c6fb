namespace Plimsoll.Core.Lifecycle;

/// <summary>What an attempt's end counts as and where its task goes.</summary>
internal readonly record struct Verdict(AttemptOutcome Outcome, TaskState Next, DateTimeOffset? RetryAt, string? Reason);
