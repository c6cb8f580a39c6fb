using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Facts;

/// <summary>An attempt holds its capacity and may be started.</summary>
/// <param name="Reserved">Memory reserved for it.</param>
public sealed record AttemptAdmitted(DateTimeOffset At, AttemptId Attempt, NodeId Node, Bytes Reserved) : Fact(At);
