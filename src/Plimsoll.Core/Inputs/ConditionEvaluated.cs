using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Answers an <see cref="Effects.EvaluateCondition"/>.</summary>
/// <param name="Reason">The comparison with its values when the condition is false.</param>
public sealed record ConditionEvaluated(TaskId Task, bool Holds, string? Reason) : Input;
