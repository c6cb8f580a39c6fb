namespace Plimsoll.Client.Watching;

/// <summary>How the machines, the journal and the service are.</summary>
/// <param name="Status"><c>ok</c>; <c>degraded</c> while a warning is raised; <c>critical</c> while a critical alert is, or the journal is away.</param>
/// <param name="Nodes">The machine itself first.</param>
/// <param name="Journal">Null before the first sample.</param>
/// <param name="OutOfMemoryKills">Since the service began.</param>
/// <param name="Evictions">Since the service began.</param>
public sealed record SystemHealthView(
    string Status,
    double UptimeSeconds,
    IReadOnlyList<NodeView> Nodes,
    JournalView? Journal,
    IReadOnlyList<QuotaView> Quotas,
    long Requests,
    long Errors,
    long OutOfMemoryKills,
    long Evictions);
