namespace Plimsoll.Client.Watching;

/// <summary>Alerts that are raised, the most severe and oldest first.</summary>
public sealed record AlertSummaryView(int Critical, int Warning, int Info, IReadOnlyList<AlertView> Active);
