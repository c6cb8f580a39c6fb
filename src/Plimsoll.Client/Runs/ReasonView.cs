namespace Plimsoll.Client.Runs;

/// <summary>One thing that keeps a task from running, with its numbers.</summary>
/// <param name="Code">Stable word for scripts: <c>needs</c>, <c>lock</c>, <c>concurrency</c>, <c>memory</c>, …</param>
/// <param name="Needed">How much it needs, with unit.</param>
/// <param name="Available">How much there is, with unit.</param>
/// <param name="ReleasedBy">The event that would release it.</param>
public sealed record ReasonView(string Code, string Message, string? Needed, string? Available, string? ReleasedBy);
