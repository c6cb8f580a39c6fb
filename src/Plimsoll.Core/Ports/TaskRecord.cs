using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Ports;

/// <summary>A task as the journal holds it. Ready is recorded as Waiting until its first attempt: readiness is derived.</summary>
public sealed record TaskRecord(
    TaskId Task,
    string Name,
    string Class,
    TaskState State,
    int Priority,
    int Attempts,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Reason);
