using System.Collections.Immutable;
using Plimsoll.Client.Watching;
using Plimsoll.Core.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching;

/// <summary>Shows alerts, silences and rules.</summary>
internal static class AlertViews
{
    public static AlertListView List(AlertEngine engine, int history) => new(
        [.. engine.Active.Select(Of)],
        [.. engine.History.Take(history).Select(Of)],
        [.. engine.Silences.Select(Of)],
        [.. engine.Rules.Select(Of)]);

    public static AlertSummaryView Summary(ImmutableArray<Alert> active) => new(
        active.Count(static alert => alert.Severity == AlertSeverity.Critical),
        active.Count(static alert => alert.Severity == AlertSeverity.Warning),
        active.Count(static alert => alert.Severity == AlertSeverity.Info),
        [.. active.Select(Of)]);

    public static AlertView Of(Alert alert) => new(
        alert.Id,
        alert.Rule,
        WatchWords.Of(alert.Group),
        WatchWords.Of(alert.Severity),
        alert.Subject,
        alert.Message,
        alert.State == AlertState.Raised ? "raised" : "cleared",
        alert.Value,
        alert.RaisedAt,
        alert.ClearedAt,
        alert.Raises,
        alert.AcknowledgedAt,
        alert.AcknowledgedBy,
        alert.Silenced);

    public static SilenceView Of(Silence silence) => new(silence.Id, silence.Rule, silence.Subject, silence.Until, silence.Reason, silence.By);

    private static AlertRuleView Of(AlertRule rule) => new(
        rule.Name,
        WatchWords.Of(rule.Group),
        WatchWords.Of(rule.Severity),
        rule.Signal,
        rule.Below,
        rule.Raise,
        rule.Clear,
        rule.For.TotalSeconds,
        rule.ClearAfter.TotalSeconds,
        rule.Condition,
        rule.Reason);
}
