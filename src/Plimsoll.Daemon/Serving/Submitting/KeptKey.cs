namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>What is remembered of a submission with an idempotency key.</summary>
/// <param name="Task">Id of the task it made.</param>
/// <param name="Digest">Of what was submitted.</param>
internal sealed record KeptKey(long Task, string Name, string Digest, DateTimeOffset At);
