namespace Plimsoll.Client.Watching;

/// <summary>Alerts, silences and the rules in force.</summary>
/// <param name="Active">The most severe and oldest first.</param>
/// <param name="History">Cleared ones, newest first.</param>
public sealed record AlertListView(IReadOnlyList<AlertView> Active, IReadOnlyList<AlertView> History, IReadOnlyList<SilenceView> Silences, IReadOnlyList<AlertRuleView> Rules);
