using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Cancels every task of a run that has not ended.</summary>
public sealed record CancelRun(RunId Run, string Reason) : Input;
