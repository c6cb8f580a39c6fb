namespace Plimsoll.Client.Runs;

/// <summary>A task that waits, with the reason that decides.</summary>
public sealed record WaitingTaskView(string Name, string Reason);
