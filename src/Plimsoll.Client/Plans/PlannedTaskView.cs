namespace Plimsoll.Client.Plans;

/// <summary>A task as it would run.</summary>
/// <param name="Level">Longest chain of needs before it; 0 = may start at once.</param>
/// <param name="Needs">The tasks it needs; cut at 100.</param>
/// <param name="Action">What it would execute, for people.</param>
public sealed record PlannedTaskView(
    string Name,
    string Class,
    int Level,
    int Priority,
    IReadOnlyList<string> Needs,
    string Action);
