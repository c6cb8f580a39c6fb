using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Every task of a sealed run has ended. Reopened by <see cref="TasksRequeued"/>.</summary>
public sealed record RunFinished(DateTimeOffset At, RunId Run) : Fact(At);
