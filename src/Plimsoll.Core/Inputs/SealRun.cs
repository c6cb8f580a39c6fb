using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Says that no more tasks follow; a sealed run finishes with its last task.</summary>
public sealed record SealRun(RunId Run) : Input;
