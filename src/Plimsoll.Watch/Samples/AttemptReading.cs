using Plimsoll.Core.Identity;
using Plimsoll.Core.Units;

namespace Plimsoll.Watch.Samples;

/// <summary>One live attempt; what could not be read is null.</summary>
/// <param name="Name">Of its task.</param>
/// <param name="StartedAt">When its process was alive.</param>
public sealed record AttemptReading(AttemptId Attempt, string Name, string Class, DateTimeOffset StartedAt)
{
    public Bytes? Resident { get; init; }

    /// <summary>User and system time since its start.</summary>
    public TimeSpan? Cpu { get; init; }

    /// <summary>What its class is expected to hold at its peak.</summary>
    public Bytes? Predicted { get; init; }

    /// <summary>Its own memory limit.</summary>
    public Bytes? Limit { get; init; }

    /// <summary>When it last wrote a byte to its output; its start when it has not yet. Null = not known.</summary>
    public DateTimeOffset? LastOutputAt { get; init; }

    /// <summary>When a byte last passed between it and a model, now while a call is under way; null when it does not use the gateway.</summary>
    public DateTimeOffset? LastModelTrafficAt { get; init; }

    /// <summary>Tokens of models since its start, in and out.</summary>
    public long Tokens { get; init; }

    public bool Frozen { get; init; }

    /// <summary>True once it has been asked to end.</summary>
    public bool Ending { get; init; }
}
