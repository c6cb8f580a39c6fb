namespace Plimsoll.Plans.Rendering;

/// <summary>The value of a <c>when:</c>.</summary>
/// <param name="Reason">The condition with the values it saw when it does not hold; null when it holds.</param>
public readonly record struct ConditionResult(bool Holds, string? Reason);
