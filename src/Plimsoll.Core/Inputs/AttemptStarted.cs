using Plimsoll.Core.Identity;
using Plimsoll.Core.Lifecycle;

namespace Plimsoll.Core.Inputs;

/// <summary>The attempt is alive.</summary>
/// <param name="Process">Null for in-process work.</param>
public sealed record AttemptStarted(AttemptId Attempt, ProcessIdentity? Process) : Input;
