namespace Plimsoll.Client.Watching;

/// <summary>A task that could run and does not.</summary>
public sealed record LineView(string Task, string Name, string Code, string Reason, string? Needed, string? Available, string? ReleasedBy);
