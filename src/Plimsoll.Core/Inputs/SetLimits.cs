using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Inputs;

/// <summary>Replaces the limits; running tasks keep what they hold.</summary>
public sealed record SetLimits(KernelLimits Limits) : Input;
