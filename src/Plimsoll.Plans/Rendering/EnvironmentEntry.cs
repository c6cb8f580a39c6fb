namespace Plimsoll.Plans.Rendering;

/// <summary>One variable of a task's environment: a value, or the name of a variable of Plimsoll's own environment.</summary>
/// <param name="Value">Null when <paramref name="From"/> is set.</param>
/// <param name="From">Resolved at each start and never stored; when it is not set there, the attempt cannot start.</param>
public readonly record struct EnvironmentEntry(string Name, string? Value, string? From);
