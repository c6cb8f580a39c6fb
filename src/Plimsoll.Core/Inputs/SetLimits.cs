using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Inputs;

/// <summary>Replaces the limits; running tasks keep what they hold.</summary>
/// <param name="Run">The run they were chosen for, which gets them back when it is resumed; null = the whole node.</param>
public sealed record SetLimits(KernelLimits Limits, RunId? Run = null) : Input;
