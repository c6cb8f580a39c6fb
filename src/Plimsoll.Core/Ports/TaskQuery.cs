using System.Collections.Immutable;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Ports;

/// <summary>Which tasks to read.</summary>
/// <param name="States">Empty = all.</param>
/// <param name="Name">Exact name; null = all.</param>
/// <param name="After">Paging: only tasks with a larger id.</param>
public sealed record TaskQuery(RunId Run, ImmutableArray<TaskState> States, string? Name, TaskId? After, int Limit)
{
    /// <summary>Exact class; null = all.</summary>
    public string? Class { get; init; }

    /// <summary>Part of the name, in any case; null = all.</summary>
    public string? NamePart { get; init; }
}
