namespace Plimsoll.Client.Watching;

/// <summary>Everything about the service at one moment, in one document.</summary>
/// <param name="At">Time of the sample; a new one comes every second.</param>
public sealed record DashboardView(
    DateTimeOffset At,
    SystemHealthView SystemHealth,
    AgentStatusView AgentStatus,
    PerformanceView Performance,
    ConcurrencyView Concurrency,
    AlertSummaryView Alerts);
