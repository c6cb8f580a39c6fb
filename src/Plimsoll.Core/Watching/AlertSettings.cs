using System.Collections.Immutable;

namespace Plimsoll.Core.Watching;

/// <summary>What <c>alerts:</c> of the configuration says.</summary>
/// <param name="Rules">Own rules, and changes of built-in ones.</param>
/// <param name="Off">Built-in rules that are switched off.</param>
/// <param name="Repeat">After what time an alert that stays and is not acknowledged is delivered again; null = never.</param>
public sealed record AlertSettings(
    ImmutableArray<AlertRuleSettings> Rules,
    ImmutableArray<string> Off,
    ImmutableArray<AlertTargetSettings> Targets,
    TimeSpan? Repeat)
{
    public static AlertSettings Default { get; } = new([], [], [], TimeSpan.FromHours(4));
}
