using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Facts;

/// <summary>Limits were retuned.</summary>
/// <param name="Run">The run they were chosen for; null = the whole node.</param>
public sealed record LimitsChanged(DateTimeOffset At, KernelLimits Limits, RunId? Run = null) : Fact(At);
