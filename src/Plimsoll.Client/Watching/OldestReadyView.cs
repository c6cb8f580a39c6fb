namespace Plimsoll.Client.Watching;

/// <summary>The ready task that has waited longest.</summary>
public sealed record OldestReadyView(string Task, string Name, double WaitSeconds, string Code, string Reason);
