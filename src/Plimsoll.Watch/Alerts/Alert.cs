using Plimsoll.Core.Watching;

namespace Plimsoll.Watch.Alerts;

/// <summary>One alert, from its raising on.</summary>
/// <param name="Id">Of this alert, growing, never reused within a state folder.</param>
/// <param name="Subject">What it is about; empty for the whole daemon.</param>
/// <param name="Message">What is the matter, with numbers.</param>
public sealed record Alert(long Id, string Rule, AlertGroup Group, AlertSeverity Severity, string Subject, string Message, DateTimeOffset RaisedAt)
{
    public AlertState State { get; init; }

    /// <summary>The number that raised it, then the newest one.</summary>
    public double Value { get; init; }

    public DateTimeOffset? ClearedAt { get; init; }

    /// <summary>How often it was raised: coming back soon after it cleared is the same alert.</summary>
    public int Raises { get; init; } = 1;

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    /// <summary>True while a silence covers it: it is shown and not delivered.</summary>
    public bool Silenced { get; init; }

    /// <summary>When it was last handed to delivery.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }
}
