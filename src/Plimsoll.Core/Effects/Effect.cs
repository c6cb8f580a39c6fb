using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Effects;

/// <summary>Something the kernel wants done on a node.</summary>
/// <param name="Gated">True when it may be performed only after the facts of its turn are durable.</param>
public abstract record Effect(NodeId Node, bool Gated);
