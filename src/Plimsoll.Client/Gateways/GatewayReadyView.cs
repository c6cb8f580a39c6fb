namespace Plimsoll.Client.Gateways;

/// <summary>A gateway that listens.</summary>
/// <param name="Url">Base URL, without <c>/v1</c>.</param>
/// <param name="Providers">By name.</param>
/// <param name="Keys">Names of the keys it takes; the keys themselves are where the configuration says.</param>
public sealed record GatewayReadyView(string Url, int Pid, IReadOnlyList<string> Providers, IReadOnlyList<string> Keys);
