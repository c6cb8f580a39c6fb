using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Core.Explain;

/// <summary>One attempt that holds capacity.</summary>
/// <param name="AdmittedAt">When it was chosen.</param>
/// <param name="StartedAt">When its process was alive; null until that is known.</param>
/// <param name="Reserved">Memory reserved for it.</param>
/// <param name="Ending">True once the kernel has asked for its end.</param>
public sealed record LiveSnapshot(AttemptId Attempt, string Name, DateTimeOffset AdmittedAt, DateTimeOffset? StartedAt, Bytes Reserved, bool Ending)
{
    /// <summary>Its footprint class.</summary>
    public string Class { get; init; } = "";

    /// <summary>What it was last measured to hold.</summary>
    public Bytes Measured { get; init; }

    /// <summary>What it counts for now.</summary>
    public Bytes Held { get; init; }

    /// <summary>What its class is expected to hold while it just works.</summary>
    public Bytes Settled { get; init; }

    /// <summary>What its class may hold above that.</summary>
    public Bytes Burst { get; init; }

    /// <summary>True while it is stopped because memory is short.</summary>
    public bool IsFrozen { get; init; }

    /// <summary>True for a lease: capacity that is held without a process of ours.</summary>
    public bool IsLease { get; init; }
}
