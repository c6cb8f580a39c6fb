namespace Plimsoll.Gateway.Hosting;

/// <summary>The running gateway, or why it does not run.</summary>
/// <param name="Refusal">What is wrong, the value found and what to change; null when it runs.</param>
public sealed record GatewayStart(GatewayHost? Host, string? Refusal);
