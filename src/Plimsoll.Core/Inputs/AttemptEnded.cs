using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Inputs;

/// <summary>The attempt and its whole process tree are gone.</summary>
public sealed record AttemptEnded(AttemptId Attempt, ExitReport Report) : Input;
