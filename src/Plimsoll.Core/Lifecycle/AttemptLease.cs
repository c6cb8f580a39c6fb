using Plimsoll.Core.Admission;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Footprints;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Providers;

namespace Plimsoll.Core.Lifecycle;

/// <summary>An attempt that holds capacity and locks.</summary>
internal sealed class AttemptLease(int handle, AttemptId attempt, ShapeQueue shape, long reservedBytes, DateTimeOffset admittedAt)
{
    private const double BurstStarts = 0.1;

    public int Handle { get; } = handle;

    public AttemptId Attempt { get; } = attempt;

    /// <summary>Where it runs.</summary>
    public required NodeLedger Node { get; init; }

    public ShapeQueue Shape { get; } = shape;

    public long ReservedBytes { get; } = reservedBytes;

    public DateTimeOffset AdmittedAt { get; } = admittedAt;

    public DateTimeOffset? StartedAt { get; set; }

    /// <summary>What it has used of models; default while it has used none.</summary>
    public ModelUsage Usage { get; set; }

    public KillReason? Kill { get; set; }

    /// <summary>Since when it is being ended.</summary>
    public DateTimeOffset KilledAt { get; set; }

    /// <summary>Since when the pressure ladder has stopped it; null while it runs.</summary>
    public DateTimeOffset? FrozenSince { get; set; }

    /// <summary>Time it was frozen before that.</summary>
    public TimeSpan FrozenBefore { get; set; }

    /// <summary>What it is reckoned with; follows its class.</summary>
    public Footprint Footprint { get; set; } = Footprint.Flat(reservedBytes);

    /// <summary>x: what the last sample measured; a reading, not a fact.</summary>
    public long MeasuredBytes { get; set; }

    /// <summary>The most any sample measured.</summary>
    public long PeakBytes { get; set; }

    /// <summary>Mapped pages and their executable as the last sample measured them; without one, its class's.</summary>
    public long MappedBytes { get; set; }

    public ulong Executable { get; set; }

    /// <summary>Leases of what runs inside it: that much of what is measured counts to them.</summary>
    public long LeasedBytes { get; set; }

    /// <summary>The attempt that a lease belongs to; null for tasks and for leases from outside.</summary>
    public AttemptLease? Holder { get; set; }

    /// <summary>True while it waits for its children and has given back its slot.</summary>
    public bool Yields { get; set; }

    public bool TakesSlot => !Yields && Shape.Shape.Lease is null;

    private long OwnBytes => Math.Max(0, MeasuredBytes - LeasedBytes);

    private long SteadyAt { get; set; }

    private DateTimeOffset SteadySince { get; set; }

    /// <summary>What it was counted with last, so that exactly that can be taken back.</summary>
    public BurstPool Counted { get; set; }

    /// <summary>True while the task at the head waits for its exit.</summary>
    public bool Awaited { get; set; }

    /// <summary>True until it has settled, as long as that matters: a probe of an unknown class, or a start inside the start gate.</summary>
    public bool Unsettled { get; set; }

    /// <summary>True when its class was not known as it started.</summary>
    public bool IsProbe { get; set; }

    /// <summary>True while it takes one of its node's places for probes of classes of which nothing is known.</summary>
    public bool TakesFreshPlace { get; set; }

    public bool IsBursting => OwnBytes > Footprint.Settled + (Footprint.Burst * BurstStarts);

    /// <summary>c: what it counts for.</summary>
    public long HeldBytes =>
        Math.Max(OwnBytes, IsBursting ? Footprint.Settled + Footprint.Burst : Footprint.Settled);

    /// <summary>h: what it may still burst by.</summary>
    public long HeadroomBytes => IsBursting ? 0 : Footprint.Settled + Footprint.Burst - HeldBytes;

    /// <summary>The last moment at which its start was seen to wait for the journal; null when it never did for long.</summary>
    public DateTimeOffset? HeldUntil { get; set; }

    public DateTimeOffset Began => StartedAt ?? HeldUntil ?? AdmittedAt;

    /// <summary>How long its readings have stayed within a share of the first of them.</summary>
    public TimeSpan SteadyFor(DateTimeOffset now, double share)
    {
        if (SteadyAt == 0 || Math.Abs(MeasuredBytes - SteadyAt) > share * SteadyAt)
        {
            (SteadyAt, SteadySince) = (MeasuredBytes, now);
        }

        return now - SteadySince;
    }

    /// <summary>Its life without the time it was frozen.</summary>
    public TimeSpan Age(DateTimeOffset now) =>
        now - Began - FrozenBefore - (FrozenSince is { } since && now > since ? now - since : TimeSpan.Zero);
}
