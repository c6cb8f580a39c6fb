using System.Text.Json;
using Plimsoll.Client.Watching;
using Plimsoll.Watch.Alerts;

namespace Plimsoll.Daemon.Watching.Delivery;

/// <summary>What is sent: the alert as a document, or as a message for people.</summary>
internal static class AlertDocument
{
    /// <summary>The alert with what has become of it.</summary>
    public static byte[] Of(AlertChange change) =>
        JsonSerializer.SerializeToUtf8Bytes(new AlertNoticeView(Word(change.Kind), AlertViews.Of(change.Alert)), WatchViewContext.Default.AlertNoticeView);

    /// <summary>The shape of Slack's incoming webhooks, which Mattermost and others take too; <c>&amp;</c>, <c>&lt;</c> and <c>&gt;</c> are written as Slack wants them, so that no name becomes a mention.</summary>
    public static byte[] ForChat(AlertChange change)
    {
        Alert alert = change.Alert;
        string state = change.Kind switch
        {
            AlertChangeKind.Cleared => "cleared",
            AlertChangeKind.Reminded => $"{WatchWords.Of(alert.Severity)}, still",
            _ => WatchWords.Of(alert.Severity),
        };
        string text = $"[{state}] {alert.Rule}{(alert.Subject.Length > 0 ? $" ({alert.Subject})" : "")}: {alert.Message}";
        text = text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
        return JsonSerializer.SerializeToUtf8Bytes(new ChatMessageView(text), WatchViewContext.Default.ChatMessageView);
    }

    private static string Word(AlertChangeKind kind) => kind switch
    {
        AlertChangeKind.Raised => "raised",
        AlertChangeKind.Cleared => "cleared",
        _ => "reminded",
    };
}
