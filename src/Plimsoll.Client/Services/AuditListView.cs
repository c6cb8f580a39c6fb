namespace Plimsoll.Client.Services;

/// <summary>Changes, newest first.</summary>
public sealed record AuditListView(IReadOnlyList<AuditView> Entries);
