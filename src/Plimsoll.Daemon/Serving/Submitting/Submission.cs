using Plimsoll.Core.Identity;
using Plimsoll.Plans.Submissions;

namespace Plimsoll.Daemon.Serving.Submitting;

/// <summary>One task on its way into the service; checked, not yet accepted.</summary>
/// <param name="Name">Null = named after its work and number.</param>
/// <param name="Binding">JSON object with the values of its parameters; null = none.</param>
/// <param name="Key">Idempotency key: the same key again is answered with the same task. Null = none.</param>
internal sealed record Submission(SubmittedWork Work, string? Name, int Priority, string? Binding, string? Key)
{
    /// <summary>The task that submits it; null = nobody's task. Its idempotency keys are its own.</summary>
    public TaskId? Parent { get; init; }

    /// <summary>The key as it is remembered: tasks do not share theirs.</summary>
    public string? EffectiveKey => Key is null || Parent is not { } parent ? Key : $"{parent}/{Key}";
}
