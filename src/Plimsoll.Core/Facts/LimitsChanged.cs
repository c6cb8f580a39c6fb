using Plimsoll.Core.Capacity;

namespace Plimsoll.Core.Facts;

/// <summary>Limits were retuned.</summary>
public sealed record LimitsChanged(DateTimeOffset At, KernelLimits Limits) : Fact(At);
