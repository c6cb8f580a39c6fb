using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>An attempt that an earlier Plimsoll started lives on and is watched by this one.</summary>
/// <param name="Frozen">It is stopped now, whatever was recorded: the step comes before the fact.</param>
public sealed record AttemptAdopted(AttemptId Attempt, bool Frozen) : Input;
