using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Ports;

/// <summary>A run as the journal holds it.</summary>
/// <param name="Counts">Number of tasks by <see cref="Lifecycle.TaskState"/>, indexed by its value.</param>
/// <param name="LastAt">When the newest attempt of the run was admitted or ended; null when unknown.</param>
public sealed record RunRecord(
    RunId Run,
    string Name,
    string Origin,
    DateTimeOffset OpenedAt,
    bool Sealed,
    bool Cancelled,
    DateTimeOffset? FinishedAt,
    IReadOnlyList<int> Counts,
    DateTimeOffset? LastAt = null)
{
    /// <summary>What all its attempts used of models.</summary>
    public ModelUsage Usage { get; init; }
}
