using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;
using Plimsoll.Core.Providers;

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
    string? Reason)
{
    /// <summary>What all its attempts used of models.</summary>
    public ModelUsage Usage { get; init; }
}
