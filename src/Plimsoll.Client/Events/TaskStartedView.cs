namespace Plimsoll.Client.Events;

/// <summary>An attempt started.</summary>
/// <param name="Index">The task's number within the run, from 0.</param>
/// <param name="StdoutPath">Null for in-process work.</param>
/// <param name="Command">The command as shell words, for runs of <c>plimsoll map</c> only: a plan may carry secrets.</param>
public sealed record TaskStartedView(
    DateTimeOffset At,
    int Run,
    string Task,
    int Index,
    int Attempt,
    string Class,
    string? StdoutPath,
    string? StderrPath,
    string? Command) : RunEventView(At, Run);
