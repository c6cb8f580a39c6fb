namespace Plimsoll.Daemon.Requests;

/// <summary>How many tasks may run at once; no number = <c>auto</c>.</summary>
public readonly record struct TaskLimit(int? Count);
