namespace Plimsoll.Client.Watching;

/// <summary>Keeps alerts from being delivered for a while.</summary>
/// <param name="Rule">Null = every rule.</param>
/// <param name="Subject">Null = every subject.</param>
public sealed record SilenceView(long Id, string? Rule, string? Subject, DateTimeOffset Until, string Reason, string By);
