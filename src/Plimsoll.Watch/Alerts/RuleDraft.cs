using Plimsoll.Core.Watching;

namespace Plimsoll.Watch.Alerts;

/// <summary>Writes built-in rules down in one line each.</summary>
internal readonly record struct RuleDraft(AlertGroup Group)
{
    public AlertRule Rule(string name, AlertSeverity severity, (double Raise, double Clear) at, (double Seconds, double ClearSeconds) after, (string Message, string Reason) text) => new(
        name,
        Group,
        severity,
        KnownAlerts.SignalOf[name],
        false,
        at.Raise,
        at.Clear,
        TimeSpan.FromSeconds(after.Seconds),
        TimeSpan.FromSeconds(after.ClearSeconds),
        text.Message,
        text.Reason);
}
