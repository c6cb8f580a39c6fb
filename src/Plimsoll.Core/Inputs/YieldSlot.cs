using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>A task waits for its children and gives back its slot, not its memory; or it goes on, above the count if need be.</summary>
/// <remarks>No fact: whoever waits has to ask again after a restart.</remarks>
public sealed record YieldSlot(AttemptId Attempt, bool Yields) : Input;
