using Plimsoll.Core.Watching;
using Plimsoll.Watch.Signals;

namespace Plimsoll.Watch.Alerts;

/// <summary>Fills the placeholders of a rule's message.</summary>
internal static class AlertText
{
    private const int Longest = 2000;

    public static string Of(AlertRule rule, SignalValue value)
    {
        SignalUnit unit = SignalCatalog.Find(rule.Signal)?.Unit ?? SignalUnit.Count;
        string text = rule.Message
            .Replace("{value}", Figure.Of(value.Value, unit), StringComparison.Ordinal)
            .Replace("{threshold}", Figure.Of(rule.Raise, unit), StringComparison.Ordinal)
            .Replace("{subject}", value.Subject, StringComparison.Ordinal)
            .Replace("{detail}", value.Detail, StringComparison.Ordinal);
        return text.Length <= Longest ? text : text[..Longest];
    }
}
