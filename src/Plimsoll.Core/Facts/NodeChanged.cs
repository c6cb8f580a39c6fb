using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>A node offers this capacity from now on; null = it is gone.</summary>
public sealed record NodeChanged(DateTimeOffset At, NodeId Node, NodeCapacity? Capacity) : Fact(At);
