namespace Plimsoll.Client.Services;

/// <summary>Leases that wait or are held.</summary>
public sealed record LeaseListView(IReadOnlyList<LeaseView> Leases);
