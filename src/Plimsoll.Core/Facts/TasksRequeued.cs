using System.Collections.Immutable;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Ended tasks were put back to waiting with fresh attempts.</summary>
public sealed record TasksRequeued(DateTimeOffset At, ImmutableArray<TaskId> Tasks, string Reason) : Fact(At);
