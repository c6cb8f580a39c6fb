using System.Collections.Immutable;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Tasks that were not alive were cancelled. (A live one ends through <see cref="AttemptKilled"/> and <see cref="AttemptFinished"/>.)</summary>
public sealed record TasksCancelled(DateTimeOffset At, ImmutableArray<TaskId> Tasks, string Reason) : Fact(At);
