namespace Plimsoll.Core.Watching;

/// <summary>A rule as configured; what is null stays as built in, or takes its default in a rule of its own.</summary>
/// <param name="Signal">Null only when it changes a built-in rule.</param>
/// <param name="Below">True when the rule raises below <paramref name="Raise"/> instead of above it.</param>
/// <param name="Raise">In the unit of the signal.</param>
/// <param name="Clear">Where it clears again.</param>
public sealed record AlertRuleSettings(string Name, string? Signal, bool Below, double? Raise, double? Clear)
{
    public AlertSeverity? Severity { get; init; }

    public TimeSpan? For { get; init; }

    public TimeSpan? ClearAfter { get; init; }

    /// <summary>With the placeholders <c>{subject} {value} {threshold} {detail}</c>.</summary>
    public string? Message { get; init; }
}
