using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Effects;

/// <summary>Evaluate the <c>when:</c> of a task whose needs have all ended; answered by <see cref="Inputs.ConditionEvaluated"/>.</summary>
public sealed record EvaluateCondition(NodeId Node, TaskId Task) : Effect(Node, Gated: true);
