using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Leases;

/// <summary>A lease that waits or is held; guarded by the book that owns it.</summary>
internal sealed class Lease(TaskId id, TaskShape shape, LeaseTerms terms)
{
    public TaskId Id { get; } = id;

    public TaskShape Shape { get; } = shape;

    public LeaseTerms Terms { get; } = terms;

    public AttemptId? Holder { get; } = terms.HolderOf();

    public TimeSpan Ttl { get; } = TimeSpan.FromSeconds(terms.TtlSeconds);

    /// <summary>The attempt that holds it; its fence goes with every renewal. Null = it still waits.</summary>
    public AttemptId? Granted { get; set; }

    /// <summary>When it was asked for, granted or renewed last, as elapsed time of the book: no jump of the clock ends a lease.</summary>
    public TimeSpan RenewedAt { get; set; }

    /// <summary>Requests that are open on it: while there is one it does not expire.</summary>
    public int Watchers { get; set; }

    /// <summary>Its end has been asked for.</summary>
    public bool IsEnding { get; set; }

    public bool HasEnded { get; set; }

    /// <summary>Completes at its next change.</summary>
    public TaskCompletionSource Changed { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
