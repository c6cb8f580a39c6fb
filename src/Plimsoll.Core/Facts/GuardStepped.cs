using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>The node's guard did something, with the numbers that made it.</summary>
public sealed record GuardStepped(DateTimeOffset At, NodeId Node, GuardAction Action) : Fact(At);
