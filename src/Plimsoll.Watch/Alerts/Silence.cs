namespace Plimsoll.Watch.Alerts;

/// <summary>Keeps alerts from being delivered for a while.</summary>
/// <param name="Rule">Name of a rule; null = all.</param>
/// <param name="Subject">Exact subject; null = all.</param>
public sealed record Silence(long Id, string? Rule, string? Subject, DateTimeOffset Until, string Reason, string By)
{
    public bool Covers(Alert alert, DateTimeOffset now) =>
        now < Until && (Rule is null || Rule == alert.Rule) && (Subject is null || Subject == alert.Subject);
}
