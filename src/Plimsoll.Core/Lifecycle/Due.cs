using Plimsoll.Core.Admission;

namespace Plimsoll.Core.Lifecycle;

/// <summary>Something that becomes due at a time, unless it is out of date by then.</summary>
/// <param name="Fence">Of the attempt a timeout is for.</param>
/// <param name="Class">Of the breaker a probe is for.</param>
internal readonly record struct Due(DueKind Kind, DateTimeOffset At, int Handle, long Fence, ClassState? Class);
