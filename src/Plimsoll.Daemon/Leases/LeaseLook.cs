using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;

namespace Plimsoll.Daemon.Leases;

/// <summary>A lease at one moment.</summary>
/// <param name="Granted">The attempt that holds it; null = it still waits.</param>
/// <param name="ExpiresAt">When it ends unless it is renewed.</param>
internal sealed record LeaseLook(TaskId Id, TaskShape Shape, LeaseTerms Terms, AttemptId? Granted, DateTimeOffset ExpiresAt, bool HasEnded)
{
    public AttemptId? Holder => Terms.HolderOf();
}
