using System.Collections.Immutable;
using Plimsoll.Core.Watching;
using Plimsoll.Plans.Reading;
using Plimsoll.Plans.Tasks;

namespace Plimsoll.Plans.Alerts;

/// <summary>Reads <c>alerts.rules</c> and <c>alerts.off</c>.</summary>
internal static class AlertRuleReader
{
    private const double Largest = 1e15;

    private static readonly string[] Keys = ["signal", "above", "below", "clear", "for", "clear_after", "severity", "message"];
    private static readonly string[] Severities = ["info", "warning", "critical"];

    public static ImmutableArray<AlertRuleSettings> Rules(Node node, Scalars scalars)
    {
        var rules = ImmutableArray.CreateBuilder<AlertRuleSettings>();
        foreach (NodeEntry entry in scalars.Mapping(node, "alerts.rules"))
        {
            if (!Names.IsId(entry.Key.Text))
            {
                scalars.Diagnostics.Error(entry.Key, "this cannot be the name of a rule", Names.IdRule);
            }
            else if (Rule(entry, scalars) is { } rule)
            {
                rules.Add(rule);
            }
        }

        return rules.ToImmutable();
    }

    public static ImmutableArray<string> Off(Node node, Scalars scalars) =>
        [.. scalars.OneOrMore(node, "alerts.off").Select(one => scalars.Choice(one, "a built-in rule", [.. KnownAlerts.SignalOf.Keys])).OfType<string>()];

    public static AlertSeverity? Severity(Node node, Scalars scalars) => scalars.Choice(node, "severity", Severities) switch
    {
        "info" => AlertSeverity.Info,
        "warning" => AlertSeverity.Warning,
        "critical" => AlertSeverity.Critical,
        _ => null,
    };

    private static AlertRuleSettings? Rule(NodeEntry named, Scalars scalars)
    {
        string name = named.Key.Text;
        IReadOnlyList<NodeEntry> entries = scalars.Mapping(named.Value, $"rule {name}");
        if (Signal(named, entries, scalars) is not { } signal)
        {
            return null;
        }

        bool own = !KnownAlerts.SignalOf.ContainsKey(name);
        var rule = new AlertRuleSettings(name, own ? signal.Name : null, false, null, null);
        foreach (NodeEntry entry in entries)
        {
            rule = entry.Key.Text switch
            {
                "signal" => rule,
                "above" => rule with { Raise = Threshold(entry.Value, "above", signal, scalars) },
                "below" when own => rule with { Below = true, Raise = Threshold(entry.Value, "below", signal, scalars) },
                "clear" => rule with { Clear = Threshold(entry.Value, "clear", signal, scalars) },
                "for" => rule with { For = scalars.Duration(entry.Value, "for", zero: true) },
                "clear_after" => rule with { ClearAfter = scalars.Duration(entry.Value, "clear_after", zero: true) },
                "severity" => rule with { Severity = Severity(entry.Value, scalars) },
                "message" => rule with { Message = scalars.Text(entry.Value, "message", 1000) },
                _ => Unknown(entry, own, rule, scalars),
            };
        }

        return Checked(named, own ? rule : rule with { Below = false }, own, signal, scalars);
    }

    private static SignalDescription? Signal(NodeEntry named, IReadOnlyList<NodeEntry> entries, Scalars scalars)
    {
        Node? written = entries.Count == 0 ? null : named.Value.Find("signal");
        string[] known = [.. SignalCatalog.All.Select(static signal => signal.Name)];
        if (KnownAlerts.SignalOf.TryGetValue(named.Key.Text, out string? builtIn))
        {
            if (written is not null && written.Text != builtIn)
            {
                scalars.Diagnostics.Error(written, $"the built-in rule {named.Key.Text} looks at {builtIn}", "Leave signal: out, or give the rule another name.");
            }

            return SignalCatalog.Find(builtIn);
        }

        if (written is null)
        {
            scalars.Diagnostics.Error(named.Key, "the rule names no signal and is not built in", $"Add signal: with one of {string.Join(", ", known)}; or change a built-in rule: {string.Join(", ", KnownAlerts.SignalOf.Keys.Order(StringComparer.Ordinal))}.");
            return null;
        }

        return scalars.Choice(written, "signal", known) is { } name ? SignalCatalog.Find(name) : null;
    }

    private static AlertRuleSettings? Checked(NodeEntry named, AlertRuleSettings rule, bool own, SignalDescription signal, Scalars scalars)
    {
        if (own && rule.Raise is null)
        {
            if (named.Value.Find("above") is not null || named.Value.Find("below") is not null)
            {
                return null; // told already
            }

            if (signal.Unit == SignalUnit.Flag)
            {
                return rule with { Raise = 1, Clear = 1 };
            }

            scalars.Diagnostics.Error(named.Key, "the rule has no threshold", "Add above: or below:.");
            return null;
        }

        if (rule is { Raise: { } raise, Clear: { } clear } && (rule.Below ? clear < raise : clear > raise))
        {
            scalars.Diagnostics.Error(named.Key, $"the rule would clear while it raises: clear is {(rule.Below ? "below" : "above")} the threshold", rule.Below ? "Let clear be at least below." : "Let clear be at most above.");
            return null;
        }

        return rule;
    }

    private static AlertRuleSettings Unknown(NodeEntry entry, bool own, AlertRuleSettings rule, Scalars scalars)
    {
        scalars.UnknownKey(entry.Key, "a rule", Keys, entry.Key.Text == "below" && !own ? "Built-in rules raise above their threshold." : null);
        return rule;
    }

    private static double? Threshold(Node node, string what, SignalDescription signal, Scalars scalars) => signal.Unit switch
    {
        SignalUnit.Share => scalars.Share(node, what),
        SignalUnit.Seconds => scalars.Duration(node, what)?.TotalSeconds,
        SignalUnit.Bytes or SignalUnit.BytesPerMinute => scalars.Size(node, what)?.Value,
        _ => scalars.Number(node, what, 0, Largest),
    };
}
