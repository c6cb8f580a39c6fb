namespace Plimsoll.Engine.Processes;

/// <summary>Absolute paths of the files of one attempt, all in a folder that exists.</summary>
/// <param name="Output">Standard output, appended to.</param>
/// <param name="Error">Standard error, appended to; may be the same file.</param>
/// <param name="Pid">Claim of a supervised attempt: <c>pid start-ticks boot-id</c>; whoever creates it owns the attempt.</param>
/// <param name="Exit">Exit code of a supervised attempt, complete at its newline.</param>
/// <param name="Values">What the task knows as <c>$PLIMSOLL_OUTPUT</c>: lines of <c>key=value</c>.</param>
public sealed record AttemptFiles(string Output, string Error, string Pid, string Exit, string Values);
