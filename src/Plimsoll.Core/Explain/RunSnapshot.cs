using System.Collections.Immutable;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Explain;

/// <summary>Progress of one run.</summary>
/// <param name="Counts">Number of tasks by <see cref="Lifecycle.TaskState"/>, indexed by its value.</param>
/// <param name="RemainingPath">Expected time from now along the longest chain of unfinished tasks: a lower bound of the time left.</param>
public sealed record RunSnapshot(
    RunId Run,
    string Name,
    ImmutableArray<int> Counts,
    bool Sealed,
    bool Cancelled,
    bool Finished,
    TimeSpan RemainingPath);
