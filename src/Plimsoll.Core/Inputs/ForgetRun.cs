using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Frees the memory of a finished run; the journal keeps it. Ignored for a run with unfinished tasks.</summary>
public sealed record ForgetRun(RunId Run) : Input;
