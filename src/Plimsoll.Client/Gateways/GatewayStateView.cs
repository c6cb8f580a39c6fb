namespace Plimsoll.Client.Gateways;

/// <summary>What the gateway of a service has left of each quota, and what tasks spent.</summary>
/// <param name="Quotas">One for each account and class of models that was used.</param>
/// <param name="Tasks">Those that spent most, the largest first; at most 50.</param>
public sealed record GatewayStateView(IReadOnlyList<QuotaStateView> Quotas, IReadOnlyList<TaskCostView> Tasks);
