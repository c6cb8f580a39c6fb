namespace Plimsoll.Client.Services;

/// <summary>What an agent works on.</summary>
/// <param name="Id">Run and number of the task, <c>12.345</c>.</param>
/// <param name="Seconds">Since it was started.</param>
/// <param name="SilentSeconds">Since it last wrote anything; null while it has written nothing.</param>
/// <param name="Stuck">Why it looks stuck; null when it does not.</param>
public sealed record AgentTaskView(string Id, string Task, int Attempt, double Seconds, double? SilentSeconds, string? Stuck);
