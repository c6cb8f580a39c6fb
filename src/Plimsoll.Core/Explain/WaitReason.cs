namespace Plimsoll.Core.Explain;

/// <summary>One thing that keeps a task from running, with its numbers.</summary>
/// <param name="Code">Stable word for scripts: <c>needs</c>, <c>lock</c>, <c>concurrency</c>, <c>memory</c>, <c>cpu</c>, <c>exclusive</c>, <c>breaker</c>, <c>backoff</c>, <c>paused</c>, <c>head</c>, <c>order</c>, <c>condition</c>, <c>never</c>, <c>starting</c>, <c>ending</c>, <c>probe</c>,
/// <c>start_gate</c>, <c>sequential</c>, <c>guard</c>, <c>frozen</c>, <c>cool_down</c>, <c>swap</c>, <c>limit</c>, <c>quota</c>, <c>node</c>.</param>
/// <param name="Needed">How much it needs, with unit.</param>
/// <param name="Available">How much there is, with unit.</param>
/// <param name="ReleasedBy">The event that would release it.</param>
public sealed record WaitReason(string Code, string Message, string? Needed, string? Available, string ReleasedBy);
