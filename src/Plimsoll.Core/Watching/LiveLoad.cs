using System.Collections.Immutable;
using Plimsoll.Core.Capacity;
using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Watching;

/// <summary>An attempt that holds capacity.</summary>
/// <param name="StartedAt">When its process was alive; null until that is known.</param>
/// <param name="Predicted">What it is expected to hold at its peak; zero while nothing is known of its class.</param>
/// <param name="Limit">Its declared memory; null = none was declared.</param>
/// <param name="Locks">What it claims.</param>
/// <param name="Frozen">True while the pressure ladder has stopped it.</param>
/// <param name="Ending">True once its end was asked for.</param>
/// <param name="IsLease">True for capacity that is held without a process of ours.</param>
public sealed record LiveLoad(
    AttemptId Attempt,
    string Name,
    string Class,
    NodeId Node,
    DateTimeOffset AdmittedAt,
    DateTimeOffset? StartedAt,
    Bytes Predicted,
    Bytes? Limit,
    ImmutableArray<LockClaim> Locks,
    bool Frozen,
    bool Ending,
    bool IsLease);
