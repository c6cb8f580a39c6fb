using System.Collections.Immutable;
using Plimsoll.Core.Guarding;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>What the node's guard has done, in its order; the effects have been performed already.</summary>
public sealed record GuardActed(NodeId Node, ImmutableArray<GuardAction> Actions) : Input;
