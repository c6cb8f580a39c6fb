using Plimsoll.Core.Capacity;
using Plimsoll.Core.Effects;
using Plimsoll.Core.Footprints;

namespace Plimsoll.Journal.Records;

/// <summary>The JSON of an event: each kind writes the members it needs, the others are absent.</summary>
internal sealed record EventDetail
{
    internal static EventDetail Empty { get; } = new();

    public long? Ticket { get; init; }

    public string? Name { get; init; }

    public string? Origin { get; init; }

    /// <summary>Ordinals within the run, see <see cref="OrdinalList"/>.</summary>
    public string? Tasks { get; init; }

    /// <summary>Number of tasks added.</summary>
    public int? Count { get; init; }

    /// <summary>Ordinal of the task that caused it.</summary>
    public int? Cause { get; init; }

    public int? Priority { get; init; }

    public int? Number { get; init; }

    public long? Fence { get; init; }

    public KillReason? Kill { get; init; }

    public string? Class { get; init; }

    public DateTimeOffset? OpenUntil { get; init; }

    public bool? Paused { get; init; }

    public KernelLimits? Limits { get; init; }

    public ProfileSnapshot? Profile { get; init; }

    public int? Width { get; init; }

    /// <summary>Bytes.</summary>
    public long? Memory { get; init; }

    public bool? Exclusive { get; init; }

    /// <summary>Model streams that are kept for a frozen attempt.</summary>
    public int? Streams { get; init; }

    public GuardDetail? Guard { get; init; }

    /// <summary>Number of the node that came, changed or went; without <see cref="Capacity"/> it went.</summary>
    public int? Node { get; init; }

    public NodeCapacity? Capacity { get; init; }

    public string? Reason { get; init; }
}
