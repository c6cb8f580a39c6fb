using Plimsoll.Core.Admission;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Identity;

namespace Plimsoll.Core.Lifecycle;

/// <summary>An attempt that holds capacity and locks.</summary>
internal sealed class AttemptLease(int handle, AttemptId attempt, ShapeQueue shape, long reservedBytes, DateTimeOffset admittedAt)
{
    public int Handle { get; } = handle;

    public AttemptId Attempt { get; } = attempt;

    public ShapeQueue Shape { get; } = shape;

    public long ReservedBytes { get; } = reservedBytes;

    public DateTimeOffset AdmittedAt { get; } = admittedAt;

    public DateTimeOffset? StartedAt { get; set; }

    public KillReason? Kill { get; set; }

    /// <summary>Its share of what the last sample measured for all tasks together; a reading, not a fact.</summary>
    public long MeasuredBytes { get; set; }

    /// <summary>True while the task at the head waits for its exit.</summary>
    public bool Awaited { get; set; }

    /// <summary>What it counts for: what it holds, or what was set aside for it.</summary>
    public long HeldBytes => Math.Max(ReservedBytes, MeasuredBytes);

    public DateTimeOffset Began => StartedAt ?? AdmittedAt;
}
