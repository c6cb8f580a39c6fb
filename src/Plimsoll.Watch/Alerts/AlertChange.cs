namespace Plimsoll.Watch.Alerts;

/// <summary>A change that people may want to hear of.</summary>
/// <param name="Deliver">False when a silence covers it, or when it only came back within minutes.</param>
public sealed record AlertChange(AlertChangeKind Kind, Alert Alert, bool Deliver);
