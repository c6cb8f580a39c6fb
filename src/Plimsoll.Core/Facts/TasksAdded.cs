using Plimsoll.Core.Graphs;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Tasks were accepted; once durable they are never lost.</summary>
/// <param name="FirstOrdinal">Ordinal of the first task of the block.</param>
public sealed record TasksAdded(DateTimeOffset At, RunId Run, int FirstOrdinal, TaskBlock Block, RunDocument Document) : Fact(At);
