namespace Plimsoll.Daemon.Requests;

/// <summary>Which tasks a verb means: a whole run, or one task of it.</summary>
/// <param name="Run">Null = the newest run (that has the task).</param>
/// <param name="Task">Null = all tasks of the run.</param>
public sealed record TaskAddress(int? Run, string? Task);
