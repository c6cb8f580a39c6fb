using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>A node offers its capacity, or is gone with everything that ran on it.</summary>
/// <param name="Capacity">Null = gone: its attempts are lost, and whoever sends this vouches that none of them runs any more.</param>
public sealed record SetNode(NodeId Node, NodeCapacity? Capacity) : Input;
