using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Facts;

/// <summary>The process of an attempt is alive.</summary>
public sealed record AttemptRunning(DateTimeOffset At, AttemptId Attempt, ProcessIdentity Process) : Fact(At);
