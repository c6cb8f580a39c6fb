using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Serving;

/// <summary>One task on its way into the service; checked, not yet accepted.</summary>
/// <param name="Name">Null = named after its work and number.</param>
/// <param name="Binding">JSON object with the values of its parameters; null = none.</param>
/// <param name="Key">Idempotency key: the same key again is answered with the same task. Null = none.</param>
internal sealed record Submission(SubmittedWork Work, string? Name, int Priority, string? Binding, string? Key);
