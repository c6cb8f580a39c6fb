namespace Plimsoll.Client.Gateways;

/// <summary>What a gateway did from its start on.</summary>
/// <param name="CutOff">Requests that were under way when it ended.</param>
public sealed record GatewayReportView(double Seconds, IReadOnlyList<GatewayCallerView> Keys, int CutOff);
