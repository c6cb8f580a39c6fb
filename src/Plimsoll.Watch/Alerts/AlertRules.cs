using System.Collections.Immutable;
using Plimsoll.Core.Watching;

namespace Plimsoll.Watch.Alerts;

/// <summary>The rules in force: built-in ones, changed and switched off as configured, and own ones.</summary>
public static class AlertRules
{
    private static readonly TimeSpan DefaultFor = TimeSpan.FromMinutes(1);

    /// <summary>Every built-in rule as it is without configuration.</summary>
    public static ImmutableArray<AlertRule> BuiltIn { get; } = [.. PerformanceRules.All, .. ConcurrencyRules.All, .. AgentRules.All, .. SystemRules.All];

    /// <summary>Rules of a configuration that was found valid; settings that make no rule are left out.</summary>
    public static ImmutableArray<AlertRule> Of(AlertSettings settings)
    {
        List<AlertRule> rules = [.. BuiltIn.Where(rule => !settings.Off.Contains(rule.Name))];
        foreach (AlertRuleSettings one in settings.Rules)
        {
            int known = rules.FindIndex(rule => rule.Name == one.Name);
            if (known >= 0)
            {
                rules[known] = Changed(rules[known], one);
            }
            else if (one is { Signal: { } signal, Raise: { } raise } && !BuiltIn.Any(rule => rule.Name == one.Name))
            {
                rules.Add(Own(one, signal, raise));
            }
        }

        return [.. rules];
    }

    private static AlertRule Changed(AlertRule rule, AlertRuleSettings one)
    {
        double raise = one.Raise ?? rule.Raise;

        // A threshold that is moved takes the distance to its clearing with it.
        double clear = one.Clear ?? (one.Raise is null || rule.Raise == 0 ? rule.Clear : raise * (rule.Clear / rule.Raise));
        return rule with
        {
            Raise = raise,
            Clear = clear,
            Severity = one.Severity ?? rule.Severity,
            For = one.For ?? rule.For,
            ClearAfter = one.ClearAfter ?? rule.ClearAfter,
            Message = one.Message ?? rule.Message,
        };
    }

    private static AlertRule Own(AlertRuleSettings one, string signal, double raise) => new(
        one.Name,
        AlertGroup.Own,
        one.Severity ?? AlertSeverity.Warning,
        signal,
        one.Below,
        raise,
        one.Clear ?? raise,
        one.For ?? DefaultFor,
        one.ClearAfter ?? one.For ?? DefaultFor,
        one.Message ?? $"{signal}{(SignalCatalog.Find(signal) is { Subject.Length: > 0 } ? " of {subject}" : "")} is {{value}}, {(one.Below ? "below" : "above")} {{threshold}}. {{detail}}",
        "Configured.");
}
