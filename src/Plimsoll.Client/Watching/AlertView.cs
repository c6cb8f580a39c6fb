namespace Plimsoll.Client.Watching;

/// <summary>An alert.</summary>
/// <param name="Rule">Name of the rule that raised it.</param>
/// <param name="Group"><c>performance</c>, <c>concurrency</c>, <c>agents</c>, <c>system</c> or <c>own</c>.</param>
/// <param name="Severity"><c>info</c>, <c>warning</c> or <c>critical</c>.</param>
/// <param name="Subject">What it is about; empty for the whole service.</param>
/// <param name="Message">What is the matter, with numbers.</param>
/// <param name="State"><c>raised</c> or <c>cleared</c>.</param>
/// <param name="Raises">How often it came back.</param>
/// <param name="Silenced">True while it is shown and not delivered.</param>
public sealed record AlertView(
    long Id,
    string Rule,
    string Group,
    string Severity,
    string Subject,
    string Message,
    string State,
    double Value,
    DateTimeOffset RaisedAt,
    DateTimeOffset? ClearedAt,
    int Raises,
    DateTimeOffset? AcknowledgedAt,
    string? AcknowledgedBy,
    bool Silenced);
