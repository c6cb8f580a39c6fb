namespace Plimsoll.Plans.Conditions;

/// <summary>A word of a condition.</summary>
/// <param name="Kind">a: word, n: number, s: string, o: operator or bracket, e: end.</param>
internal readonly record struct ConditionToken(char Kind, string Text, int Offset);
