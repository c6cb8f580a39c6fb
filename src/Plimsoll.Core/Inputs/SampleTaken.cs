using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>A reading of a node.</summary>
public sealed record SampleTaken(NodeId Node, NodeSample Sample) : Input;
